import Type from 'typebox';
import { ConfigFileSchema } from './config-file';
import { hasForm, schemaFaults } from './schema-faults';
import { plainName, text } from './setting-kinds';

const { libraries } = ConfigFileSchema.properties.institutions.items.properties;
const NAMES = Type.Object({ names: Type.Array(text(plainName)), port: Type.Integer() });

describe('the faults of a schema', () => {
  it('are one for a setting, also for a secret, which may stand in two places', () => {
    const account = { user: 'a', password: { value: 'secret' } };
    const faults = schemaFaults(libraries, [{ code: 'A', name: 'A', memberId: 'FA090007', account }]);
    expect(faults).toEqual(['[0].account.password: must be {"env": NAME} or {"file": PATH}']);
  });

  it('name texts that break their rule beside values of the wrong form', () => {
    expect(schemaFaults(NAMES, { names: ['a', ' b'], port: '1' })).toEqual([
      'names[1]: is blank, or begins or ends with a blank',
      'port: must be integer',
    ]);
  });

  it('leave the form in order where only rules of texts are broken', () => {
    expect(hasForm(NAMES, { names: ['a', ' b'], port: 1 })).toBeTrue();
    expect(hasForm(NAMES, { names: [], port: '1' })).toBeFalse();
    const many = Array.from({ length: 200 }, () => ' ');
    expect(hasForm(NAMES, { names: many, port: '1' })).toBeFalse();
  });
});
