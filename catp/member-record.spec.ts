import { EDITABLE_MEMBER_FIELDS } from '#domain/ill/own-record';
import { memberFrom, memberUpdateOf } from './member-record';
import { decodeRecord, encodeRecord } from './record';

const WIRE = [
  'ID=FA090007',
  'NAME=模擬大学附属図書館',
  'NAMER=モギ ダイガク フゾク トショカン',
  'RYAKU=模大',
  'KENCODE=15',
  'SETCODE=1',
  'ORGCODE=1',
  'ILLFLG=A',
  'STAT=A',
  'COPYS=C',
  'COPYAL=FA090018',
  'LOANS=N',
  'FAXS=A',
  'GRPCODE=N',
  'LOANP=2週間',
  'POLICY=WEBPOLICY:複写は即日',
  'POLICY=禁帯出は貸出不可',
  'LOC=本館',
  'LOC=分館',
  'ZIP=950-0000',
  'ADDRESS=新潟市',
  'TEL=025-000-0000',
  'FAX=025-000-0001',
  'EMAIL=ill@example.ac.jp',
  'EMAIL=b@example.ac.jp',
  'ILLDEPT=相互利用係',
  'ILLSTAFF=担当 A',
].join('\r\n');

describe('memberFrom', () => {
  it('reads a member record', () => {
    expect(memberFrom(decodeRecord(WIRE))).toEqual({
      memberId: 'FA090007',
      name: '模擬大学附属図書館',
      nameReading: 'モギ ダイガク フゾク トショカン',
      abbreviation: '模大',
      region: '15',
      establisher: '1',
      institutionType: '1',
      participates: true,
      service: 'A',
      copyService: 'C',
      copyVia: 'FA090018',
      loanService: 'N',
      faxService: 'A',
      offset: true,
      loanPeriod: '2週間',
      policies: ['WEBPOLICY:複写は即日', '禁帯出は貸出不可'],
      locations: ['本館', '分館'],
      zip: '950-0000',
      address: '新潟市',
      tel: '025-000-0000',
      fax: '025-000-0001',
      email: 'ill@example.ac.jp',
      illDepartment: '相互利用係',
      illStaff: '担当 A',
    });
  });

  it('takes a record of its id alone as one that takes no part and tells nothing', () => {
    expect(memberFrom({ ID: 'FA090007' })).toEqual({
      memberId: 'FA090007',
      name: '',
      participates: false,
      service: 'unknown',
      copyService: 'unknown',
      loanService: 'unknown',
      faxService: 'unknown',
      offset: false,
      policies: [],
      locations: [],
    });
  });

  it('calls a flag of another value unknown', () => {
    expect(memberFrom({ ID: 'FA090007', STAT: 'X', COPYS: '', LOANS: 'a' })).toEqual(
      jasmine.objectContaining({ service: 'unknown', copyService: 'unknown', loanService: 'unknown' }),
    );
  });

  it('takes only GRPCODE = N for the offset service', () => {
    expect([
      memberFrom({ ID: 'FA090007', GRPCODE: 'N' }).offset,
      memberFrom({ ID: 'FA090007', GRPCODE: '' }).offset,
      memberFrom({ ID: 'FA090007', GRPCODE: 'X' }).offset,
    ]).toEqual([true, false, false]);
  });

  it('refuses a record without its id', () => {
    expect(() => memberFrom({ NAME: '模擬大学' })).toThrow(jasmine.objectContaining({ code: 'bad-record' }));
  });
});

describe('memberUpdateOf', () => {
  it('writes the id and what changes', () => {
    expect(memberUpdateOf('FA090007', { service: 'N', loanVia: '', policies: [] })).toEqual({
      ID: 'FA090007',
      STAT: 'N',
      LOANAL: '',
      POLICY: [],
    });
  });

  it('is read back as it was written, for every field that a library may change', () => {
    const own = memberFrom(decodeRecord(WIRE));
    const changes = Object.fromEntries(EDITABLE_MEMBER_FIELDS.map((name) => [name, own[name]]));
    const again = memberFrom(decodeRecord(encodeRecord(memberUpdateOf('FA090007', changes))));
    for (const name of EDITABLE_MEMBER_FIELDS) expect(again[name]).withContext(name).toEqual(own[name]);
  });

  it('refuses a flag that has no value on the wire', () => {
    expect(() => memberUpdateOf('FA090007', { copyService: 'unknown' })).toThrow(
      jasmine.objectContaining({ code: 'unencodable' }),
    );
  });
});
