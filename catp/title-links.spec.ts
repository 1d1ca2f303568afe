import { decodeRecord, encodeRecord } from './record';
import { CONTINUATION, titleLinksOf } from './title-links';

describe('titleLinksOf', () => {
  it('reads the titles before and after, in the order of the record', () => {
    const record = decodeRecord(
      [
        'ID=AN90000012',
        '<BHNT>',
        'BHK=CF',
        'BHTR=新潟学報 / 新潟学会編',
        'BHBID=AN90000023',
        '</BHNT>',
        '<BHNT>',
        'BHK=AF',
        'BHTR=佐渡学報',
        'BHBID=AN90000034',
        '</BHNT>',
        '<BHNT>',
        'BHK=DS',
        'BHBID=AN90000045',
        '</BHNT>',
      ].join('\n'),
    );
    expect(titleLinksOf(record)).toEqual([
      { relation: 'former', ncid: 'AN90000023', title: '新潟学報' },
      { relation: 'former', ncid: 'AN90000034', title: '佐渡学報' },
      { relation: 'later', ncid: 'AN90000045' },
    ]);
  });

  it('calls what it does not understand related, and leaves out what leads nowhere', () => {
    const note = (type: string, id = 'AN90000023'): Readonly<Record<string, string>> => ({ BHK: type, BHBID: id });
    const record = { BHNT: [note('ZZ'), note(''), note('F'), note('CFS'), { BHBID: 'AN90000034' }, note('CF', '')] };
    expect(titleLinksOf(record).map(({ relation }) => relation)).toEqual(Array(5).fill('related'));
    expect(titleLinksOf({ ID: 'AN1', BHNT: 'x' })).toEqual([]);
    expect(titleLinksOf({ ID: 'AN1' })).toEqual([]);
  });

  it('reads the types that a continuation is written with, there and back', () => {
    for (const relation of ['former', 'later'] as const) {
      const wire = encodeRecord({ ID: 'AN1', BHNT: [{ BHK: CONTINUATION[relation], BHTR: '題', BHBID: 'AN2' }] });
      expect(titleLinksOf(decodeRecord(wire))).toEqual([{ relation, ncid: 'AN2', title: '題' }]);
    }
  });
});
