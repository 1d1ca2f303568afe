import type { Tariff } from '../../domain/api/profile';
import { daysOf, editOf, faultsOf, NEW_LINE, NEW_TARIFF, tariffsOf, type TariffEdit } from './tariff-edit';

const edit = (changes: Partial<TariffEdit> = {}): TariffEdit => ({ ...NEW_TARIFF, name: '学外', ...changes });
const line = (item: string, unitPrice: string) => ({ item, unitPrice });

describe('tariffsOf', () => {
  it('gives back what was stored', () => {
    const tariffs: readonly Tariff[] = [
      { name: '学外', kind: 'copy', lines: [{ item: 'A4', unitPrice: 35 }], fee: 0, postage: 140 },
      { name: '無料', lines: [] },
    ];
    expect(tariffsOf(tariffs.map(editOf))).toEqual(tariffs);
  });

  it('understands digits of full width, and leaves out lines that were left empty', () => {
    const typed = edit({ lines: [line(' A4 ', '１,０００円'), NEW_LINE], fee: ' ' });
    expect(tariffsOf([typed])).toEqual([{ name: '学外', lines: [{ item: 'A4', unitPrice: 1000 }] }]);
  });

  it('is nothing while one of them is wrong', () => {
    expect(tariffsOf([edit(), edit()])).toBeUndefined();
  });
});

describe('faultsOf', () => {
  it('finds what the gateway would refuse', () => {
    const of = (changes: Partial<TariffEdit>) => faultsOf(edit(changes), [edit({ name: '他' })]);
    expect([
      of({}),
      of({ name: ' ' }),
      of({ name: 'あ'.repeat(61) }),
      of({ name: '他' }),
      of({ name: '他', kind: 'loan' }),
      of({ lines: [line('A4', '')] }),
      of({ lines: [line('', '35')] }),
      of({ lines: [line('あ'.repeat(41), '35')] }),
      of({ lines: [line('A4', 'x')] }),
      of({ fee: '1000000' }),
      of({ postage: '-1' }),
      of({ lines: Array.from({ length: 11 }, () => line('A4', '35')) }),
    ]).toEqual([
      [],
      ['name-missing'],
      ['name-missing'],
      ['name-twice'],
      [],
      ['incomplete-line'],
      ['incomplete-line'],
      ['incomplete-line'],
      ['not-yen'],
      ['not-yen'],
      ['not-yen'],
      ['too-many-lines'],
    ]);
  });
});

describe('daysOf', () => {
  it('is a number of days, none of its own, or wrong', () => {
    expect(['21', '２１', ' ', '0', '367', '2週間'].map(daysOf)).toEqual([
      21,
      21,
      null,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
