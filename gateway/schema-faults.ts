import type { Static, TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** Maximum number of reported errors. TypeBox reports eight by default. */
const MAX_TOLD = 100;

/** Schema faults of the configuration, one line per setting: `path: what is wrong`. */
export function schemaFaults(schema: TSchema, json: unknown): readonly string[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MAX_TOLD });
  const errors = Value.Errors(schema, json);
  Settings.Set({ maxErrors });
  const lines = new Map<string, string>();
  for (const [setting, words] of errors.flatMap(faultsOf)) {
    const isKnown = [...lines.keys()].some((other) => setting === other || setting.startsWith(`${other}.`));
    if (!isKnown) lines.set(setting, words);
  }
  return [...lines].map(([setting, words]) => `${setting}: ${words}`);
}

export function fits<S extends TSchema>(schema: S, json: unknown): json is Static<S> {
  return Value.Check(schema, json);
}

function faultsOf({ keyword, instancePath, params, message }: SchemaError): readonly (readonly [string, string])[] {
  // The error for the key itself covers this.
  if (keyword === 'boolean') return [];
  const named = (names: readonly string[], words: string) =>
    names.map((name) => [settingName(`${instancePath}/${name}`), words] as const);
  if (keyword === 'additionalProperties' && 'additionalProperties' in params)
    return named(params.additionalProperties, 'there is no such setting');
  if (keyword === 'required' && 'requiredProperties' in params) return named(params.requiredProperties, 'is missing');
  if (isSecret(instancePath)) return [[secretName(instancePath), 'must be {"env": NAME} or {"file": PATH}']];
  return [[settingName(instancePath), message]];
}

const SECRET = /^.*\/(?:almaApiKey|account\/password)(?=\/|$)/;
function isSecret(pointer: string): boolean {
  return SECRET.test(pointer);
}
function secretName(pointer: string): string {
  return settingName(SECRET.exec(pointer)?.[0] ?? pointer);
}

/** `/institutions/0/code` → `institutions[0].code` */
function settingName(pointer: string): string {
  const name = pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join('');
  return name === '' ? 'configuration' : name.replace(/^\./, '');
}
