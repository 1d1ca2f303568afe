import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { manifestFaults } from './manifest-rules';
import { note, runTool, say } from './output';
import { inRoot } from './repository';

const SCHEMA = 'node_modules/@exlibris/exl-cloudapp-base/manifest.schema.json';

type Json = Record<string, unknown>;

async function readJson(path: string): Promise<Json> {
  return JSON.parse(await readFile(inRoot(path), 'utf8')) as Json;
}

await runTool('manifest', async () => {
  const [manifest, schema, { version }] = await Promise.all([
    readJson('manifest.json'),
    readJson(SCHEMA),
    readJson('package.json'),
  ]);
  const ajv = new Ajv({ allErrors: true, strict: false, formats: { uri: true } });
  const isValid = ajv.validate(schema, manifest);
  const faults = [
    ...(isValid
      ? []
      : (ajv.errors ?? []).map(
          ({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`,
        )),
    ...manifestFaults(manifest, String(version)),
  ];
  for (const fault of faults) note(`manifest.json: ${fault}`);
  if (faults.length === 0) say('manifest.json is valid');
  return faults.length === 0 ? 0 : 1;
});
