import { withMark } from '#domain/order-mark';
import { ItemStop } from './item-stop';
import { patronIdOf, requesterOf } from './requester-rule';

const RULE = { patronIdField: 'borrowerLocalData', patronIdPrefix: 'PID:' } as const;

describe('the requester rule', () => {
  const idIn = (text: string, rule: Parameters<typeof patronIdOf>[1] = RULE) =>
    patronIdOf({ borrowerLocalData: text }, rule);

  it('takes the id behind the prefix, up to a blank or punctuation', () => {
    expect(idIn('PID:A123 急ぎ')).toBe('A123');
    expect(idIn('急ぎ、PID:A123、校費')).toBe('A123');
    expect(idIn('PID: A123/2')).toBe('A123');
    expect(idIn('ＰＩＤ：Ａ１２３')).toBe('A123');
    expect(idIn('PID:u-001@univ.example. 校費')).toBe('u-001@univ.example');
    expect(idIn('PID: / PID:A2')).toBe('A2');
  });

  it('takes the beginning of the field where there is no prefix', () => {
    const rule = { patronIdField: 'permitNumber' } as const;
    expect(patronIdOf({ permitNumber: ' A123 (理学)' }, rule)).toBe('A123');
    expect(patronIdOf({ borrowerLocalData: 'A123' }, rule)).toBeUndefined();
  });

  it("never takes the app's own order mark", () => {
    const mark = 'ABCDEFGHIJKL2';
    expect(idIn(withMark(undefined, mark) ?? '', { patronIdField: 'borrowerLocalData' })).toBeUndefined();
    expect(idIn(withMark('', mark) ?? '', { patronIdField: 'borrowerLocalData', patronIdPrefix: '[' })).toBeUndefined();
    expect(idIn(withMark('PID:A1', mark) ?? '')).toBe('A1');
  });

  it('finds none without prefix in the text, without field, and in no text', () => {
    expect(idIn('A123')).toBeUndefined();
    expect(idIn('PID:')).toBeUndefined();
    expect(idIn('')).toBeUndefined();
    expect(idIn('PID:A123', {})).toBeUndefined();
  });

  describe('before Alma', () => {
    const requester = (text: string, rule: object = {}, known: readonly string[] = ['A1', 'GUEST']) =>
      requesterOf({ borrowerLocalData: text }, { ...RULE, ...rule }, 'MAIN', {
        hasUser: (id) => Promise.resolve(known.includes(id)),
      }).catch((error: unknown) => {
        if (error instanceof ItemStop) return error.result;
        throw error;
      });

    it('takes the patron that Alma knows, else the collective patron, and says so without an id', async () => {
      expect(await requester('PID:A1')).toEqual({ userId: 'A1', changes: [] });
      const collective = { userId: 'GUEST', changes: [{ what: 'collective-patron' as const }] };
      expect(await requester('PID:A9', { collectivePatron: 'GUEST' })).toEqual(collective);
      expect(await requester('', { collectivePatron: 'GUEST' })).toEqual(collective);
    });

    it('fails without a collective patron, and with one that Alma does not know', async () => {
      expect(await requester('PID:A9')).toEqual({
        outcome: 'failed',
        changes: [],
        failure: { code: 'requester-missing' },
        configuration: { library: 'MAIN', code: 'requester-missing' },
      });
      expect(await requester('PID:A9', { collectivePatron: 'NOBODY' })).toEqual({
        outcome: 'failed',
        changes: [],
        failure: { code: 'requester-unknown', name: 'NOBODY' },
        configuration: { library: 'MAIN', code: 'requester-unknown', name: 'NOBODY' },
      });
    });
  });
});
