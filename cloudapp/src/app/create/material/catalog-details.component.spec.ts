import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import { LINK_RELATIONS, type CatalogRecord } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aRecord, ISBN, ISSN, LIBRARY, memberIdOf, ncidOf, OTHER_ISBN } from '../../testing/records';
import { CatalogDetailsComponent } from './catalog-details.component';

const SERIES = ncidOf(2);
const FORMER = ncidOf(3, 'AN');
const LATER = ncidOf(4, 'AN');

describe('CatalogDetailsComponent', () => {
  let gateway: FakeGateway;
  let fixture: ComponentFixture<CatalogDetailsComponent>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.catalogRecord.and.callFake((_library, ncid) => of(aRecord({ ncid, title: `題 ${ncid}` })));
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
  });

  function show(record: CatalogRecord, inputs: Readonly<Record<string, unknown>> = {}): void {
    fixture = TestBed.createComponent(CatalogDetailsComponent);
    for (const [name, value] of Object.entries({ record, ...inputs })) fixture.componentRef.setInput(name, value);
    dom = new Dom(fixture);
  }
  const lines = () => {
    const values = dom.texts('dd');
    return dom.texts('dt').map((label, at) => [label.replace('catalog.', ''), values[at]]);
  };
  const lineOf = (label: string) =>
    lines()
      .filter(([each]) => each === label)
      .map(([, value]) => value);
  const isBack = () => dom.controls('catalog.back').length > 0;

  it('shows everything that NACSIS-CAT says, in the order of a description', () => {
    show(
      aRecord({
        titleReading: 'トショカン ジョウホウガク ニュウモン',
        edition: '改訂版',
        place: '東京',
        isbns: [ISBN, OTHER_ISBN],
        issn: ISSN,
        numbering: '1巻1号 (1926)-',
        volumes: [{ volume: '上', isbn: ISBN }, { volume: '下' }],
        series: [{ title: '叢書 A', number: '3', ncid: SERIES }, { title: '叢書 B' }],
        authors: [{ name: '著者 A' }, { name: '著者 B' }],
        subjects: ['図書館情報学'],
        notes: ['注記 1', '注記 2'],
        language: 'jpn',
        country: 'ja',
        physical: '200p ; 22cm',
        numbers: [{ kind: 'NBN', value: 'JP99000001' }],
        variantTitles: ['別の題'],
        contents: ['一章 / 著者 A'],
        classifications: ['NDC8:010'],
        familyId: '99000011',
        createdBy: memberIdOf(10),
      }),
    );
    expect(lines()).toEqual([
      ['title', '図書館情報学入門'],
      ['titleReading', 'トショカン ジョウホウガク ニュウモン'],
      ['responsibility', '著者 A 著'],
      ['edition', '改訂版'],
      ['imprint', '東京 : 出版社 A, 2019'],
      ['physical', '200p ; 22cm'],
      ['numbering', '1巻1号 (1926)-'],
      ['volume', `上 ISBN ${ISBN}`],
      ['volume', '下'],
      ['isbn', `${ISBN}, ${OTHER_ISBN}`],
      ['issn', ISSN],
      ['number', 'NBN JP99000001'],
      ['variantTitle', '別の題'],
      ['contents', '一章 / 著者 A'],
      ['series', '叢書 A ; 3'],
      ['series', '叢書 B'],
      ['author', '著者 A'],
      ['author', '著者 B'],
      ['subject', '図書館情報学'],
      ['classification', 'NDC8:010'],
      ['note', '注記 1'],
      ['note', '注記 2'],
      ['language', 'jpn / ja'],
      ['ncid', ncidOf(1)],
      ['familyId', '99000011'],
      ['createdBy', memberIdOf(10)],
    ]);
  });

  it('leaves out what it does not say', () => {
    const { responsibility: _, publisher: __, year: ___, ...bare } = aRecord({ isbns: [] });
    show(bare);
    expect(lines()).toEqual([
      ['title', '図書館情報学入門'],
      ['ncid', ncidOf(1)],
    ]);
  });

  it('has words for every way in which serials are linked', () => {
    show(aRecord({ links: LINK_RELATIONS.map((relation) => ({ relation, ncid: FORMER })) }));
    expect(lines().map(([label]) => label)).toEqual(
      jasmine.arrayContaining(LINK_RELATIONS.map((relation) => `link.${relation}`)),
    );
  });

  describe('a linked record', () => {
    const record = aRecord({
      series: [{ title: '叢書 A', ncid: SERIES }],
      links: [
        { relation: 'former', ncid: FORMER, title: '前誌' },
        { relation: 'later', ncid: LATER },
      ],
    });

    it('opens in the place of this one, and leads back', () => {
      show(record);
      expect(isBack()).toBeFalse();
      dom.click('前誌');
      expect(gateway.catalogRecord.calls.allArgs()).toEqual([[LIBRARY.code, FORMER]]);
      expect([lineOf('title'), lineOf('ncid'), isBack()]).toEqual([[`題 ${FORMER}`], [FORMER], true]);
      dom.click('catalog.back');
      expect([lineOf('title'), isBack()]).toEqual([['図書館情報学入門'], false]);
    });

    it('is named by its id where it has no title, and a parent by its own', () => {
      show(record);
      dom.click(LATER);
      expect(lineOf('title')).toEqual([`題 ${LATER}`]);
      dom.click('catalog.back');
      dom.click('叢書 A');
      expect(lineOf('title')).toEqual([`題 ${SERIES}`]);
    });

    it('leads to those that it is linked with itself', () => {
      gateway.catalogRecord.and.callFake((_library, ncid) =>
        of(aRecord({ ncid, title: `題 ${ncid}`, links: [{ relation: 'former', ncid: LATER, title: '前々誌' }] })),
      );
      show(record);
      dom.click('前誌');
      dom.click('前々誌');
      expect([lineOf('title'), gateway.catalogRecord.calls.count()]).toEqual([[`題 ${LATER}`], 2]);
    });

    it('says that it is on its way', () => {
      gateway.catalogRecord.and.returnValue(new Subject());
      show(record);
      dom.click('前誌');
      expect([dom.text.includes('catalog.loading'), lineOf('title')]).toEqual([true, ['図書館情報学入門']]);
    });

    it('that cannot be had leaves this one, says why and can be tried again', () => {
      gateway.catalogRecord.and.returnValue(failing('nacsis-unavailable'));
      show(record);
      dom.click('前誌');
      expect([lineOf('title'), dom.text.includes('error.nacsis-unavailable.title')]).toEqual([
        ['図書館情報学入門'],
        true,
      ]);
      gateway.catalogRecord.and.returnValue(of(aRecord({ ncid: FORMER, title: '前誌' })));
      dom.click('action.again');
      expect([lineOf('title'), gateway.catalogRecord.calls.mostRecent().args[1]]).toEqual([['前誌'], FORMER]);
    });

    it('shows the newest that was wanted, whatever comes late', () => {
      const late = new Subject<CatalogRecord>();
      gateway.catalogRecord.and.returnValues(late, of(aRecord({ title: '叢書' })));
      show(record);
      dom.click('前誌');
      dom.click('叢書 A');
      late.next(aRecord({ title: '遅れて来た' }));
      dom.settle();
      expect(lineOf('title')).toEqual(['叢書']);
    });

    it('can be chosen where records are chosen, and is the one that is shown', () => {
      const chosen: CatalogRecord[] = [];
      show(record, { canChoose: true });
      fixture.componentInstance.chosen.subscribe((each) => chosen.push(each));
      expect(dom.controls('create.chooseRecord')).toEqual([]);
      dom.click('前誌');
      dom.click('create.chooseRecord');
      expect(chosen.map(({ ncid }) => ncid)).toEqual([FORMER]);
    });

    it('cannot be chosen where it is only looked at', () => {
      show(record);
      dom.click('前誌');
      expect(dom.controls('create.chooseRecord')).toEqual([]);
    });
  });
});
