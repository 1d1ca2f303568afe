import { withMark } from '#domain/ill/order-mark';
import { patronIdOf } from '#domain/imports/patron-id';
import { requesterOf } from './requester-rule';

const RULE = { patronIdField: 'borrowerLocalData', patronIdPrefix: 'PID:' } as const;

describe('the requester rule', () => {
  const idIn = (text: string, rule: Parameters<typeof patronIdOf>[1] = RULE) =>
    patronIdOf({ borrowerLocalData: text }, rule);

  it('takes everything behind the prefix up to the end of the line, whatever it is made of', () => {
    const ids = [
      "patron001'x@u.ac.jp",
      'u-001@univ.example.',
      'A123/2',
      'a:b',
      'o’k',
      '学籍 0123',
      'x+y&z=1#2?',
      'é_~!$*();,"',
    ];
    for (const id of ids) {
      expect(idIn(`PID:${id}`))
        .withContext(id)
        .toBe(id);
      expect(idIn(`校費 PID: ${id} \r\n急ぎ`))
        .withContext(id)
        .toBe(id);
    }
    for (const end of ['\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\f', '\v'])
      expect(idIn(`PID:A1${end}校費`))
        .withContext(JSON.stringify(end))
        .toBe('A1');
  });

  it('does not cut a note off the id', () => {
    expect(idIn('PID:A123 急ぎ')).toBe('A123 急ぎ');
    expect(idIn('急ぎ、PID:A123、校費')).toBe('A123、校費');
  });

  it('reads prefix and id in every width, and changes nothing else of the id', () => {
    expect(idIn('ＰＩＤ：Ａ１２３　')).toBe('A123');
    expect(idIn('PID:A1', { ...RULE, patronIdPrefix: 'ＰＩＤ：' })).toBe('A1');
    expect(idIn('リヨウシャ:A1', { ...RULE, patronIdPrefix: 'ﾘﾖｳｼｬ:' })).toBe('A1');
    expect(idIn('PID:A²')).toBe('A²');
    expect(idIn('PID:①')).toBe('①');
    expect(idIn('PID:e\u0301')).toBe('\u00e9');
  });

  it('takes no other word that ends with the prefix', () => {
    expect(idIn('RAPID:A1')).toBeUndefined();
    expect(idIn('MY_PID:A1')).toBeUndefined();
    expect(idIn('RAPID:x PID:A1')).toBe('A1');
    expect(idIn('校費PID:A1')).toBe('A1');
    expect(idIn('会員=A1', { ...RULE, patronIdPrefix: '=' })).toBe('A1');
  });

  it('takes nobody where the text names several', () => {
    expect(idIn('PID:A1\nPID:A2')).toBeUndefined();
    expect(idIn('PID:A1 PID:A2')).toBe('A1 PID:A2');
    expect(idIn('PID:A1\nPID: A1\nPID:')).toBe('A1');
  });

  it('asks for no id that is longer than any', () => {
    expect(idIn(`PID:${'a'.repeat(255)}`)).toBe('a'.repeat(255));
    expect(idIn(`PID:${'a'.repeat(256)}`)).toBeUndefined();
  });

  it('takes the beginning of the field where there is no prefix', () => {
    const rule = { patronIdField: 'permitNumber' } as const;
    expect(patronIdOf({ permitNumber: ' A123 ' }, rule)).toBe('A123');
    expect(patronIdOf({ permitNumber: '\nA123 (理学)\n校費' }, rule)).toBe('A123 (理学)');
    expect(patronIdOf({ borrowerLocalData: 'A123' }, rule)).toBeUndefined();
  });

  it("never takes the app's own order mark", () => {
    const mark = 'ABCDEFGHIJKL2';
    expect(idIn(withMark(undefined, mark) ?? '', { patronIdField: 'borrowerLocalData' })).toBeUndefined();
    expect(idIn(withMark('', mark) ?? '', { patronIdField: 'borrowerLocalData', patronIdPrefix: '[' })).toBeUndefined();
    expect(idIn(withMark('PID:A1', mark) ?? '')).toBe('A1');
    expect(idIn(`PID:A1[NI:${mark}]2`)).toBe('A1');
    expect(idIn(`PID:A1 [NI:${mark}] [NI:${mark}] 校費`)).toBe('A1');
    expect(idIn(`PID:[NI:${mark}]A1`)).toBeUndefined();
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
      });

    it('takes the patron that Alma knows, else the collective patron, and says so without an id', async () => {
      expect(await requester('PID:A1')).toEqual({ userId: 'A1', changes: [] });
      const collective = { userId: 'GUEST', changes: [{ what: 'collective-patron' as const }] };
      expect(await requester('PID:A9', { collectivePatron: 'GUEST' })).toEqual(collective);
      expect(await requester('', { collectivePatron: 'GUEST' })).toEqual(collective);
    });

    it('takes nobody whose id is only the beginning of what the request names', async () => {
      const collective = { userId: 'GUEST', changes: [{ what: 'collective-patron' as const }] };
      for (const text of [
        "PID:A1'x@u.ac.jp",
        'PID:A1 急ぎ',
        'PID:A1、校費',
        'PID:A1/2',
        'PID:A1:2',
        'PID:A1²',
        'PID:A1\nPID:A9',
      ])
        expect(await requester(text, { collectivePatron: 'GUEST' }))
          .withContext(text)
          .toEqual(collective);
    });

    it('fails without a collective patron, and with one that Alma does not know', async () => {
      expect(await requester('PID:A9')).toEqual({ library: 'MAIN', code: 'requester-missing' });
      expect(await requester('PID:A9', { collectivePatron: 'NOBODY' })).toEqual({
        library: 'MAIN',
        code: 'requester-unknown',
        name: 'NOBODY',
      });
    });
  });
});
