import Type from 'typebox';
import { withSettings } from './settings-document';

const DOCUMENT = 'before\n<!-- settings: do not edit -->\nold\n<!-- end of the settings -->\nafter\n';
const ENVIRONMENT = Type.Object({ PLACE: Type.Optional(Type.String({ description: 'where' })) });
const SETTINGS = Type.Object({
  listen: Type.Object(
    {
      host: Type.String({ description: 'a host' }),
      timeoutMs: Type.Integer({ minimum: 1, maximum: 60_000, default: 5_000, unit: 'ms', description: 'a time' }),
    },
    { title: 'Connections' },
  ),
  level: Type.Enum(['low', 'high'], { default: 'low', description: 'a level' }),
  roles: Type.Object(
    { act: Type.Array(Type.String(), { default: ['1', '2'], description: 'codes' }) },
    { default: {} },
  ),
  libraries: Type.Array(
    Type.Object({
      isOpen: Type.Boolean({ default: false, description: 'a switch' }),
      note: Type.Optional(Type.String({ description: 'a note' })),
    }),
    { title: 'Libraries' },
  ),
});

describe('the settings of docs/operate.md', () => {
  it('are one row each, in a section of their group, with default, limits and unit', () => {
    expect(withSettings(DOCUMENT, ENVIRONMENT, SETTINGS).split('\n')).toEqual([
      ...['before', '<!-- settings: do not edit -->', ''],
      ...['### Environment', '', '| variable | meaning |', '|---|---|', '| `PLACE` | where |', ''],
      ...['### Connections', '', '| setting | default | values | meaning |', '|---|---|---|---|'],
      '| `listen.host` | *required* | | a host |',
      '| `listen.timeoutMs` | 5,000 | 1 to 60,000 ms | a time |',
      '| `level` | `low` | `low`, `high` | a level |',
      '| `roles.act` | 1, 2 | | codes |',
      '',
      ...['### Libraries', '', '| setting | default | values | meaning |', '|---|---|---|---|'],
      '| `libraries[].isOpen` | false | true, false | a switch |',
      '| `libraries[].note` | | | a note |',
      ...['', '<!-- end of the settings -->', 'after', ''],
    ]);
  });

  it('stay as they are when they are written again', () => {
    const written = withSettings(DOCUMENT, ENVIRONMENT, SETTINGS);
    expect(withSettings(written, ENVIRONMENT, SETTINGS)).toBe(written);
  });

  it('need a description and a place', () => {
    const bare = Type.Object({ listen: Type.Object({ host: Type.String() }) });
    expect(() => withSettings(DOCUMENT, ENVIRONMENT, bare)).toThrowError('listen.host has no description');
    expect(() => withSettings('nothing', ENVIRONMENT, SETTINGS)).toThrowError(/no place/);
  });
});
