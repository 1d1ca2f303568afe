import { holdingFrom } from './holding-record';
import { decodeRecord } from './record';

describe('holdingFrom', () => {
  it('reads a holding of a book', () => {
    const record = decodeRecord(
      'ID=HA1\nBID=BA90000017\nFANO=FA090007\nLIBABL=模大\nLOC=本館\n<HOLD>\nVOL=上\nCLN=210/1\nRGTN=00123\n</HOLD>\n<HOLD>\nVOL=下\n</HOLD>',
    );
    expect(holdingFrom(record)).toEqual({
      id: 'HA1',
      ncid: 'BA90000017',
      memberId: 'FA090007',
      memberName: '模大',
      location: '本館',
      volumes: [{ volume: '上', callNumber: '210/1', registrationNumber: '00123' }, { volume: '下' }],
    });
  });

  it('reads a holding of a serial; a serial still received ends in +', () => {
    const record = decodeRecord(
      'ID=SA1\nBID=AN90000012\nFANO=FA090007\nLOC=@\nHLYR=1970-2019\nHLV=1-50\nHLV=52\nCONT=+\nCLN=Z20',
    );
    expect(holdingFrom(record)).toEqual({
      id: 'SA1',
      ncid: 'AN90000012',
      memberId: 'FA090007',
      volumes: [],
      years: '1970-2019',
      volumeRange: '1-50,52+',
      callNumber: 'Z20',
    });
  });

  it('never throws over missing or unknown fields, but over a missing id, NCID or member', () => {
    const whole = { ID: 'HA1', BID: 'BA1', FANO: 'FA090007', CONT: '+', NEW: 'x', HOLD: 'x' };
    expect(holdingFrom(whole)).toEqual({ id: 'HA1', ncid: 'BA1', memberId: 'FA090007', volumes: [] });
    for (const name of ['ID', 'BID', 'FANO']) {
      expect(() => holdingFrom({ ...whole, [name]: '' }))
        .withContext(name)
        .toThrow(jasmine.objectContaining({ code: 'bad-record' }));
    }
  });
});
