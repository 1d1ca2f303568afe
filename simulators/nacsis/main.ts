import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import closeWithGrace from 'close-with-grace';
import type { CatpRecord } from '#catp/types';
import { buildNacsisSimulator } from './app';

const HOST = '127.0.0.1';
const USAGE =
  'main.ts --port P [--data DIR] [--members FILE] [--partners] [--strict] [--settlement-lock] [--handle-idle-seconds N]';

const { values } = parseArgs({
  options: {
    'port': { type: 'string' },
    'data': { type: 'string' },
    'members': { type: 'string' },
    'partners': { type: 'boolean', default: false },
    'strict': { type: 'boolean', default: false },
    'settlement-lock': { type: 'boolean', default: false },
    'handle-idle-seconds': { type: 'string' },
  },
});

const { server } = buildNacsisSimulator({
  ...(values.data === undefined ? {} : { dataFolder: values.data }),
  members: values.members === undefined ? [] : membersIn(values.members),
  mode: values.strict ? 'strict' : 'lenient',
  settlementLock: values['settlement-lock'],
  partners: values.partners,
  ...(values['handle-idle-seconds'] === undefined ? {} : { handleIdleMs: wholeNumber('handle-idle-seconds') * 1000 }),
});

closeWithGrace({ logger: false }, async ({ err }) => {
  if (err) process.stderr.write(`${err.stack ?? err.message}\n`);
  await server.close();
});

const ready = await server.listen({ host: HOST, port: wholeNumber('port') });
process.stdout.write(`${JSON.stringify({ ready })}\n`);

function wholeNumber(name: 'port' | 'handle-idle-seconds'): number {
  const text = values[name] ?? '';
  if (!/^\d{1,5}$/.test(text)) throw new Error(`--${name} must be a whole number. ${USAGE}`);
  return Number(text);
}

/** Reads the member file: an array of objects with FANO and MEMBER fields. */
function membersIn(path: string): readonly CatpRecord[] {
  const json = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  if (!Array.isArray(json)) throw new Error(`${path} must hold an array of members`);
  return json as readonly CatpRecord[];
}
