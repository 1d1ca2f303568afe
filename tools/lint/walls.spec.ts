import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { inRoot, ROOT } from '../repository';

const RULES = [
  'no-restricted-imports',
  'no-restricted-syntax',
  'no-console',
  'max-lines-per-function',
  'complexity',
  'no-restricted-exports',
  '@typescript-eslint/no-explicit-any',
];

/** The repository's own configuration without type information, so that the files need not exist. */
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] },
    { files: ['**/*.ts'], languageOptions: { parserOptions: { project: null } } },
  ],
  ruleFilter: ({ ruleId }) => RULES.includes(ruleId),
});

async function faultsOf(file: string, code: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: inRoot(file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const importing = (from: string): string => `import { a } from '${from}';\nexport const b = a;\n`;

describe('import walls', () => {
  const forbidden: readonly (readonly [file: string, from: string])[] = [
    ['cloudapp/src/domain/ill/new.ts', 'rxjs'],
    ['cloudapp/src/domain/ill/new.ts', 'typebox'],
    ['cloudapp/src/domain/ill/new.ts', 'node:fs'],
    ['cloudapp/src/domain/ill/new.ts', '../../app/core/remote'],
    ['cloudapp/src/domain/api/requests.ts', 'fastify'],
    ['cloudapp/src/domain/ill/new.spec.ts', '../../../../gateway/config'],
    ['catp/new.ts', 'undici'],
    ['catp/new.ts', 'node:buffer'],
    ['catp/new.ts', '../gateway/config'],
    ['gateway/routes/new.ts', '../../simulators/nacsis/main'],
    ['gateway/routes/new.ts', '../../cloudapp/src/app/core/remote'],
    ['gateway/new.ts', '../tools/ports'],
    ['gateway/new.ts', './testing/spec-nacsis'],
    ['gateway/new.spec.ts', '../simulators/nacsis/main'],
    ['gateway/testing/new.ts', '../../simulators/nacsis/main'],
    ['catp/new.ts', './testing/golden-messages'],
    ['catp/testing/new.ts', '../../gateway/config'],
    ['catp/testing/new.ts', 'node:fs'],
    ['iso18626/new.ts', '#domain/ill/states'],
    ['iso18626/new.ts', '../gateway/config'],
    ['iso18626/new.ts', 'node:buffer'],
    ['iso18626/testing/new.ts', '../../gateway/config'],
    ['simulators/nacsis/new.ts', '../../gateway/config'],
    ['simulators/nacsis/new.ts', './testing/spec-server'],
    ['simulators/nacsis/new.ts', '../../test/catp-client/catp-client'],
    ['simulators/alma/new.spec.ts', '../../gateway/config'],
    ['simulators/alma/testing/new.ts', '../../../gateway/config'],
    ['simulators/alma/testing/new.ts', '../../../tools/ports'],
    ['simulators/alma/new.ts', '../../cloudapp/src/app/core/remote'],
    ['cloudapp/src/app/new.ts', '../../../catp/framing'],
    ['cloudapp/src/app/new.ts', '../../../gateway/config'],
    ['cloudapp/src/app/new.ts', '#domain/ill/states'],
    ['cloudapp/src/app/new.ts', 'node:crypto'],
    ['cloudapp/src/app/new.ts', 'typebox'],
    ['tools/new.ts', '../gateway/app'],
    ['tools/stack.ts', '../simulators/nacsis/main'],
    ['tools/new.ts', '#catp/framing'],
    ['e2e/new.e2e.ts', '../gateway/config'],
    ['bench/new.ts', '../simulators/nacsis/world'],
    ['e2e/new.e2e.ts', '../simulators/nacsis/server'],
    ['test/fixtures/new.ts', '#domain/ill/states'],
    ['test/model/new.spec.ts', '../../cloudapp/src/domain/ill/states'],
    ['test/model/new.spec.ts', '../../simulators/nacsis/app'],
    ['test/model/new.spec.ts', '../../catp/record'],
    ['test/model/new.spec.ts', '../../tools/ports'],
    ['test/support/new.ts', 'fastify'],
  ];
  for (const [file, from] of forbidden) {
    it(`${file} may not import ${from}`, async () => {
      expect(await faultsOf(file, importing(from))).toEqual(['no-restricted-imports']);
    });
  }

  it('holds for import() too', async () => {
    expect(await faultsOf('gateway/new.ts', "export const a = import('../simulators/nacsis/main');\n")).toEqual([
      'no-restricted-syntax',
    ]);
  });

  const allowed: readonly (readonly [file: string, from: string])[] = [
    ['cloudapp/src/domain/ill/new.ts', './states'],
    ['cloudapp/src/domain/api/requests.ts', 'typebox'],
    ['cloudapp/src/domain/ill/new.spec.ts', 'fast-check'],
    ['cloudapp/src/domain/ill/new.spec.ts', '../../../../test/fixtures/transitions.fixture'],
    ['catp/new.ts', '#domain/ill/states'],
    ['gateway/routes/new.ts', '#catp/framing'],
    ['gateway/bridge/new.ts', '#iso18626/message'],
    ['simulators/alma/new.ts', '#iso18626/message'],
    ['iso18626/new.ts', 'libxml2-wasm'],
    ['gateway/routes/new.ts', '../nacsis/port'],
    ['gateway/testing/new.ts', '../../test/catp-client/catp-client'],
    ['gateway/nacsis/testing/new.ts', '../../../test/catp-client/catp-client'],
    ['gateway/new.spec.ts', './testing/spec-nacsis'],
    ['catp/new.spec.ts', './testing/golden-messages'],
    ['catp/testing/new.ts', '../record'],
    ['simulators/nacsis/new.ts', '#domain/ill/machine'],
    ['simulators/nacsis/testing/new.ts', '../../../test/catp-client/catp-client'],
    ['simulators/alma/rest/new.spec.ts', '../testing/test-alma'],
    ['cloudapp/src/app/new.ts', '../domain/ill/states'],
    ['tools/openapi.ts', '../gateway/app'],
    ['tools/settings.ts', '../gateway/config-file'],
    ['tools/states-diagram.ts', '#domain/ill/transitions'],
    ['e2e/new.e2e.ts', '../simulators/nacsis/scenarios'],
    ['e2e/new.e2e.ts', '../tools/stack-processes'],
    ['bench/new.ts', '../gateway/store/open-store'],
    ['test/model/new.spec.ts', '../fixtures/transitions.fixture'],
    ['test/model/new.spec.ts', '../catp-client/catp-client'],
    ['test/model/new.spec.ts', 'fast-check'],
    ['test/support/new.ts', 'node:child_process'],
    ['test/support/new.ts', 'execa'],
  ];
  for (const [file, from] of allowed) {
    it(`${file} may import ${from}`, async () => {
      expect(await faultsOf(file, importing(from))).toEqual([]);
    });
  }
});

describe('house rules', () => {
  const rules: readonly (readonly [what: string, file: string, code: string, rule: string])[] = [
    ['a bare subscribe', 'cloudapp/src/app/new.ts', 'source.subscribe();\n', 'no-restricted-syntax'],
    ['console', 'gateway/new.ts', "console.log('a');\n", 'no-console'],
    ['any', 'catp/new.ts', 'export const a = (b: any): unknown => b;\n', '@typescript-eslint/no-explicit-any'],
    ['a long function', 'gateway/new.ts', `export function a() {\n${'a();\n'.repeat(70)}}\n`, 'max-lines-per-function'],
    [
      'a function of many ways',
      'gateway/new.ts',
      `export const a = (b: number) => ${'b > 1 || '.repeat(20)}b;\n`,
      'complexity',
    ],
    ['a default export', 'gateway/new.ts', 'export default 1;\n', 'no-restricted-exports'],
  ];
  for (const [what, file, code, rule] of rules) {
    it(`refuses ${what}`, async () => {
      expect(await faultsOf(file, code)).toEqual([rule]);
    });
  }
});
