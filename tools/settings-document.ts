import type { TSchema } from 'typebox';

/** What the document uses of a schema. */
interface SettingSchema {
  /** Begins a section. */
  readonly title?: string;
  readonly type?: unknown;
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unit?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly required?: readonly string[];
  readonly items?: SettingSchema;
}

const BLOCK = /(?<=\n<!-- settings: [^\n]*-->\n).*?(?=<!-- end of the settings -->\n)/s;

/**
 * Returns the document with new tables between its two comments. Throws when the document lacks these comments or when
 * a setting has no description.
 */
export function withSettings(document: string, environment: TSchema, settings: TSchema): string {
  if (!BLOCK.test(document)) throw new Error('the document has no place for the settings');
  const lines = ['### Environment', '', '| variable | meaning |', '|---|---|'];
  lines.push(...settingsIn(environment).map(({ name, description }) => `| \`${name}\` | ${description} |`));
  const { properties = {}, required = [] }: SettingSchema = settings;
  for (const [name, group] of Object.entries(properties)) {
    if (group.title !== undefined)
      lines.push('', `### ${group.title}`, '', '| setting | default | values | meaning |', '|---|---|---|---|');
    lines.push(...settingsIn(group, name, required.includes(name)).map(rowOf));
  }
  return document.replace(BLOCK, () => `\n${lines.join('\n')}\n\n`);
}

interface Setting {
  readonly name: string;
  readonly isRequired: boolean;
  readonly schema: SettingSchema;
  readonly description: string;
}

/**
 * Returns the settings in a schema. A schema with a description is one setting; a schema without is a group of
 * settings.
 */
function settingsIn(schema: SettingSchema, name = '', isRequired = false): readonly Setting[] {
  const { description, properties, required = [], items } = schema;
  if (description !== undefined) return [{ name, isRequired, schema, description }];
  if (items !== undefined) return settingsIn(items, `${name}[]`, isRequired);
  if (properties === undefined) throw new Error(`${name} has no description`);
  return Object.entries(properties).flatMap(([key, inner]) =>
    settingsIn(inner, name === '' ? key : `${name}.${key}`, required.includes(key)),
  );
}

function rowOf({ name, isRequired, schema, description }: Setting): string {
  const standard = schema.default === undefined && isRequired ? '*required*' : shown(schema.default);
  const cells = [`\`${name}\``, standard, valuesOf(schema), description];
  return `${cells.map((cell) => (cell === '' ? '| ' : `| ${cell} `)).join('')}|`;
}

function valuesOf({ type, enum: names = [], minimum, maximum, unit = '' }: SettingSchema): string {
  if (type === 'boolean') return 'true, false';
  if (minimum === undefined || maximum === undefined) return names.map(shown).join(', ');
  return `${shown(minimum)} to ${shown(maximum)} ${unit}`.trim();
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number') return value.toLocaleString('en');
  return typeof value === 'string' ? `\`${value}\`` : JSON.stringify(value);
}
