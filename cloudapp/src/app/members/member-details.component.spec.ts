import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import type { Holding } from '../../domain/catalog/catalog';
import { Dom } from '../testing/dom';
import { aHolding, aMember, memberIdOf } from '../testing/records';
import { MemberDetailsComponent } from './member-details.component';

describe('MemberDetailsComponent', () => {
  beforeEach(() => TestBed.configureTestingModule({ providers: [provideTranslateService()] }));

  /** The displayed values by label. */
  function show(holding: Holding): Record<string, readonly string[]> {
    const fixture = TestBed.createComponent(MemberDetailsComponent);
    fixture.componentRef.setInput('holding', holding);
    const dom = new Dom(fixture);
    const [labels, values] = [dom.texts('dt'), dom.texts('dd')];
    const lines: Record<string, readonly string[]> = {};
    labels.forEach((label, at) => {
      const key = label.replace('holdings.', '');
      lines[key] = [...(lines[key] ?? []), values[at] ?? ''];
    });
    return lines;
  }

  it('shows holding and library in full, codes and flags in words', () => {
    const member = aMember({
      memberId: memberIdOf(10),
      name: '東都大学附属図書館',
      nameReading: 'トウトダイガク フゾク トショカン',
      abbreviation: '東都大',
      region: '13',
      locations: ['本館', '分館'],
      establisher: '1',
      institutionType: '1',
      copyService: 'C',
      copyVia: memberIdOf(11),
      loanService: 'N',
      loanPeriod: '2週間',
      offset: true,
      illDepartment: '相互利用係',
      illStaff: '担当 A',
      tel: '03-0000-0010',
      fax: '03-0000-0011',
      email: 'ill@example.jp',
      zip: '000-0010',
      address: '東京都 1-1',
      policies: ['複写料金: 1枚35円', '土日休館'],
      ...{ abbreviationReading: 'トウトダイ', cataloguing: 'A', extension: '123', catDepartment: '目録係' },
      ...{ catTel: '03-0000-0012', systemDepartment: 'システム係', systemFax: '03-0000-0013' },
    });
    const holding = aHolding(10, {
      location: '本館',
      volumeRange: '1-9',
      years: '1970-1979',
      callNumber: '007',
      member,
    });
    expect(show(holding)).toEqual({
      memberId: [memberIdOf(10)],
      location: ['本館'],
      extent: ['1-9 / 1970-1979'],
      callNumber: ['007'],
      name: ['東都大学附属図書館'],
      nameReading: ['トウトダイガク フゾク トショカン'],
      abbreviation: ['東都大'],
      abbreviationReading: ['トウトダイ'],
      cataloguing: ['holdings.offsetYes'],
      region: ['code.region.13'],
      participates: ['holdings.offsetYes'],
      locations: ['本館、分館'],
      service: ['code.service-flag.A'],
      copyService: ['code.service-flag.C'],
      copyVia: [memberIdOf(11)],
      loanService: ['code.service-flag.N'],
      faxService: ['code.service-flag.N'],
      loanPeriod: ['2週間'],
      offset: ['holdings.offsetYes'],
      establisher: ['code.establisher.1'],
      institutionType: ['code.institution-type.1'],
      contact: ['相互利用係 担当 A'],
      tel: ['03-0000-0010 (123) / FAX 03-0000-0011'],
      catContact: ['目録係 03-0000-0012'],
      systemContact: ['システム係 FAX 03-0000-0013'],
      email: ['ill@example.jp'],
      address: ['〒000-0010 東京都 1-1'],
      policy: ['複写料金: 1枚35円', '土日休館'],
    });
  });

  it('leaves out what is not known', () => {
    expect(Object.keys(show(aHolding(10)))).toEqual([
      'memberId',
      'name',
      'participates',
      'service',
      'copyService',
      'loanService',
      'faxService',
      'offset',
    ]);
  });

  it('leaves out a code that there is not, and names a flag that cannot be read', () => {
    const lines = show(
      aHolding(10, { member: aMember({ establisher: '7', institutionType: 'x', service: 'unknown' }) }),
    );
    expect([lines['establisher'], lines['institutionType'], lines['service']]).toEqual([
      undefined,
      undefined,
      ['code.service-flag.unknown'],
    ]);
  });

  it('names each volume of a monograph with its numbers', () => {
    const volumes = [{ volume: '上', callNumber: '007/1', registrationNumber: '001' }, { volume: '下' }];
    expect(show(aHolding(10, { volumes }))['extent']).toEqual(['上 007/1 001、下']);
  });

  it('shows the holding alone where NACSIS-ILL has no member of the number', () => {
    const { member: _, ...bare } = aHolding(10, { location: '本館' });
    expect(show(bare)).toEqual({ memberId: [memberIdOf(10)], location: ['本館'] });
  });
});
