import type { Static, TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { Value } from 'typebox/value';

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** Maximum number of reported errors. TypeBox reports eight by default. */
const MAX_TOLD = 100;

/** Schema faults of the configuration, one line per setting: `path: what is wrong`. */
export function schemaFaults(schema: TSchema, json: unknown): readonly string[] {
  const lines = new Map<string, string>();
  for (const [setting, words] of errorsOf(schema, json).flatMap(faultsOf)) {
    const isKnown = [...lines.keys()].some((other) => setting === other || setting.startsWith(`${other}.`));
    if (!isKnown) lines.set(setting, words);
  }
  return [...lines].map(([setting, words]) => `${setting}: ${words}`);
}

/** True when the value has the form of the schema, even when texts in it break their own rules. */
export function hasForm<S extends TSchema>(schema: S, json: unknown): json is Static<S> {
  const errors = errorsOf(schema, json);
  return errors.length < MAX_TOLD && errors.every(({ keyword }) => keyword === '~refine');
}

function errorsOf(schema: TSchema, json: unknown): readonly SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: MAX_TOLD });
  const errors = Value.Errors(schema, json);
  Settings.Set({ maxErrors });
  return errors;
}

function faultsOf(error: SchemaError): readonly (readonly [string, string])[] {
  const { keyword, schemaPath, instancePath, params, message } = error;
  // Skips an error whose fault another error reports: that of the unknown key, or that of the union.
  if (keyword === 'boolean' || schemaPath.includes('/anyOf/')) return [];
  const named = (names: readonly string[], words: string) =>
    names.map((name) => [settingName(`${instancePath}/${name}`), words] as const);
  if (keyword === 'additionalProperties' && 'additionalProperties' in params)
    return named(params.additionalProperties, 'there is no such setting');
  if (keyword === 'required' && 'requiredProperties' in params) return named(params.requiredProperties, 'is missing');
  // Only secrets are a union.
  return [[settingName(instancePath), keyword === 'anyOf' ? 'must be {"env": NAME} or {"file": PATH}' : message]];
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
