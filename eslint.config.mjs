// @ts-check
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';
import { WALLS } from './tools/lint/walls.mjs';

/** A subscription without a function drops errors and results; say what is done with them. */
const BARE_SUBSCRIBE = {
  selector: "CallExpression[callee.property.name='subscribe'][arguments.length=0]",
  message: 'A subscribe without handlers loses errors. Handle them, or turn the stream into a signal.',
};

const SPECS = ['**/*.spec.ts', 'test/**/*.ts', 'e2e/**/*.ts', '**/testing/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'build/',
      'dist/',
      '.ng/',
      '.angular/',
      '.data/',
      'coverage/',
      'e2e/failures/',
      '**/*.js',
      '!**/*.config.js',
    ],
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      parserOptions: { project: ['./config/tsconfig.node.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', BARE_SUBSCRIBE],
      'complexity': ['error', { max: 15, variant: 'modified' }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'eqeqeq': 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', prefer: 'type-imports' },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }], // [...text] is how characters beyond JIS X 0208 are counted
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['cloudapp/src/app/**/*.ts', 'cloudapp/src/main.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    languageOptions: { parserOptions: { project: ['./config/tsconfig.app.json', './config/tsconfig.spec.json'] } },
    rules: {
      '@angular-eslint/prefer-standalone': 'error',
      '@angular-eslint/prefer-on-push-component-change-detection': 'error',
      '@angular-eslint/component-class-suffix': 'off',
      // The contract's schemas are TypeBox, which the bundle must not carry.
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: 'domain/api/[a-z-]+$', allowTypeImports: true, message: 'Import types only of the contract.' },
          ],
        },
      ],
    },
  },
  {
    files: ['cloudapp/src/app/**/*.html', 'cloudapp/src/app/**/*.component.ts/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
    rules: {
      '@angular-eslint/template/prefer-control-flow': 'error',
      '@angular-eslint/template/no-inline-styles': 'error',
    },
  },
  {
    files: SPECS,
    rules: {
      '@typescript-eslint/unbound-method': 'off', // expect(spy.method)
      '@typescript-eslint/no-misused-spread': 'off', // [...'literal']
      '@typescript-eslint/no-non-null-assertion': 'off', // a failing test says the same
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'max-lines-per-function': 'off', // a describe is one function
      'complexity': ['error', { max: 25, variant: 'modified' }],
    },
  },
  ...WALLS.map(({ files, ignores = [], patterns, because }) => ({
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: patterns.map((regex) => ({ regex, message: because })) }],
      'no-restricted-syntax': [
        'error',
        BARE_SUBSCRIBE,
        ...patterns.map((regex) => ({
          selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`,
          message: because,
        })),
      ],
    },
  })),
  { files: ['**/*.mjs', '**/*.cjs'], rules: { 'no-console': 'error', 'no-undef': 'off' } },
);
