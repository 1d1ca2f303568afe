import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { SessionService } from '../../core/session.service';
import { DEFAULT_USER, HOLDING_COLUMNS, type HoldingColumn } from '../../core/user-settings';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { aMember, aRow, memberIdOf } from '../../testing/records';
import { HoldingsTableComponent } from './holdings-table.component';
import type { HoldingRow } from '../../../domain/ill/rota';

const FULL = aRow(
  10,
  {
    memberName: '東都大',
    location: '本館',
    volumeRange: '1-9',
    years: '1970-1979',
    callNumber: '007/A',
    member: aMember({
      memberId: memberIdOf(10),
      region: '13',
      copyService: 'C',
      copyVia: memberIdOf(11),
      loanService: 'N',
      faxService: 'A',
      offset: true,
      policies: ['複写料金: 1枚35円'],
      establisher: '1',
      institutionType: '2',
    }),
  },
  { recent: { [memberIdOf(10)]: 12 } },
);

describe('HoldingsTableComponent', () => {
  let session: FakeSession;
  let fixture: ComponentFixture<HoldingsTableComponent>;
  let dom: Dom;
  let said: unknown[];

  beforeEach(() => {
    session = new FakeSession();
    said = [];
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: SessionService, useValue: session }],
    });
  });

  function show(rows: readonly HoldingRow[], inputs: Readonly<Record<string, unknown>> = {}): void {
    fixture = TestBed.createComponent(HoldingsTableComponent);
    for (const [name, value] of Object.entries({ rows, pickedIds: new Set(), ...inputs }))
      fixture.componentRef.setInput(name, value);
    fixture.componentInstance.picked.subscribe(({ name }) => said.push(`picked ${name}`));
    fixture.componentInstance.dropped.subscribe((memberId) => said.push(`dropped ${memberId}`));
    dom = new Dom(fixture);
  }
  const columns = () => dom.texts('thead th button').map((text) => text.replace('holdings.', ''));
  const names = () => dom.texts('tbody th .link');
  const cells = (at = 0) => {
    const row = dom.all('tbody tr')[at];
    return Array.from(row?.querySelectorAll('td:not(.button)') ?? []).map(({ textContent }) =>
      (textContent ?? '').trim(),
    );
  };
  const sort = (column: string) => dom.click(`holdings.${column}`);
  const sortState = (at: number) => dom.all('thead th')[at]?.getAttribute('aria-sort');
  const only = (...chosen: readonly HoldingColumn[]) => session.user({ columns: chosen });

  describe('the columns', () => {
    it('are those of the user behind the name, in the order of the table', () => {
      show([FULL]);
      expect<readonly string[]>(columns()).toEqual(['name', ...DEFAULT_USER.columns]);
    });

    it('are those that the user left last time', () => {
      only('callNumber', 'memberId');
      show([FULL]);
      expect([columns(), cells()]).toEqual([
        ['name', 'callNumber', 'memberId'],
        ['007/A', memberIdOf(10)],
      ]);
    });

    it('show each what its name says', () => {
      session.user({ columns: HOLDING_COLUMNS });
      show([FULL]);
      expect(
        Object.fromEntries(
          columns()
            .slice(1)
            .map((column, at) => [column, cells()[at]]),
        ),
      ).toEqual({
        region: 'code.region.13',
        extent: '1-9 · 1970-1979',
        location: '本館',
        callNumber: '007/A',
        copyService: 'holdings.flag.C',
        loanService: 'holdings.flag.N',
        faxService: 'holdings.flag.A',
        offset: '○',
        charges: '1枚35円',
        asked: '12',
        establisher: 'code.establisher.1',
        institutionType: 'code.institution-type.2',
        memberId: memberIdOf(10),
      });
    });

    it('are empty where nothing is known of the library', () => {
      session.user({ columns: HOLDING_COLUMNS });
      const { member: _, ...bare } = aRow(10).holding;
      show([{ ...aRow(10), holding: bare }]);
      expect(cells().filter((text) => text !== '')).toEqual([memberIdOf(10)]);
    });

    it('show codes that there are not as they are', () => {
      only('establisher', 'institutionType', 'region');
      show([aRow(10, { member: aMember({ establisher: '7', institutionType: 'x', region: '52' }) })]);
      expect(cells()).toEqual(['7', 'x', '52']);
    });

    it('show volumes and the call number of a monograph', () => {
      only('extent', 'callNumber');
      show([aRow(10, { volumes: [{ volume: '上', callNumber: '007/1' }, { volume: '下' }] })]);
      expect(cells()).toEqual(['上・下', '007/1']);
    });

    it('can be chosen, are there at once, and are remembered', () => {
      only('region');
      show([FULL]);
      dom.check('holdings.memberId', true);
      expect([columns(), session.remember.calls.mostRecent().args]).toEqual([
        ['name', 'region', 'memberId'],
        [{ columns: ['region', 'memberId'] }],
      ]);
      dom.check('holdings.region', false);
      expect([columns(), session.remember.calls.mostRecent().args]).toEqual([
        ['name', 'memberId'],
        [{ columns: ['memberId'] }],
      ]);
    });

    it('can all be chosen, but for the name, which stays', () => {
      only();
      show([FULL]);
      expect(columns()).toEqual(['name']);
      for (const column of HOLDING_COLUMNS) dom.check(`holdings.${column}`, true);
      expect<readonly string[]>(columns()).toEqual(['name', ...HOLDING_COLUMNS]);
    });
  });

  describe('the order', () => {
    const rows = () => [
      aRow(12, { memberName: 'は大', location: '2階', member: aMember({ memberId: memberIdOf(12), region: '27' }) }),
      aRow(10, { memberName: 'い大', location: '10階', member: aMember({ memberId: memberIdOf(10), region: '01' }) }),
      aRow(11, { memberName: 'ろ大', location: '1階', member: aMember({ memberId: memberIdOf(11), region: '13' }) }),
    ];

    beforeEach(() => {
      only('region', 'location');
      show(rows());
    });

    it('is that of the proposal', () => {
      expect([names(), [0, 1, 2].map(sortState)]).toEqual([
        ['は大', 'い大', 'ろ大'],
        ['none', 'none', 'none'],
      ]);
    });

    it('is by a column, then the other way round, then the proposal again', () => {
      sort('name');
      expect([names(), sortState(0)]).toEqual([
        ['い大', 'は大', 'ろ大'].sort((a, b) => a.localeCompare(b, 'ja')),
        'ascending',
      ]);
      const up = names();
      sort('name');
      expect([names(), sortState(0)]).toEqual([[...up].reverse(), 'descending']);
      sort('name');
      expect([names(), sortState(0)]).toEqual([['は大', 'い大', 'ろ大'], 'none']);
    });

    it('is by the code of a prefecture, from north to south', () => {
      sort('region');
      expect(names()).toEqual(['い大', 'ろ大', 'は大']);
    });

    it('takes numbers in a text as numbers', () => {
      sort('location');
      expect(names()).toEqual(['ろ大', 'は大', 'い大']);
    });

    it('begins upwards with each other column', () => {
      sort('region');
      sort('region');
      sort('location');
      expect([sortState(1), sortState(2)]).toEqual(['none', 'ascending']);
    });

    it('stays when the rows change', () => {
      sort('region');
      fixture.componentRef.setInput('rows', [
        ...rows(),
        aRow(13, { memberName: 'に大', member: aMember({ region: '09' }) }),
      ]);
      dom.settle();
      expect(names()).toEqual(['い大', 'に大', 'ろ大', 'は大']);
    });

    it('is that of the proposal once its column is taken out', () => {
      sort('region');
      dom.check('holdings.region', false);
      expect(names()).toEqual(['は大', 'い大', 'ろ大']);
    });
  });

  describe('a row', () => {
    const closed = aRow(11, { member: aMember({ service: 'N' }) });

    it('can be picked, and dropped once it is', () => {
      show([FULL, aRow(12)], { pickedIds: new Set([memberIdOf(12)]) });
      dom.click('create.pick');
      dom.click('create.unpick');
      expect(said).toEqual(['picked 東都大', `dropped ${memberIdOf(12)}`]);
      expect([dom.controls('create.pick').length, dom.controls('create.unpick').length]).toEqual([1, 1]);
    });

    it('cannot be picked when five are, but dropped', () => {
      show([FULL, aRow(12)], { pickedIds: new Set([memberIdOf(12)]), isFull: true });
      expect((dom.controls('create.pick')[0] as HTMLButtonElement).disabled).toBeTrue();
      expect((dom.controls('create.unpick')[0] as HTMLButtonElement).disabled).toBeFalse();
    });

    it('of a library that cannot be asked says why and is not offered', () => {
      show([closed]);
      expect([dom.text.includes('unservable.service-stopped'), dom.controls('create.pick')]).toEqual([true, []]);
      expect(dom.one('tbody tr').classList).toContain('off');
    });

    it('shows the library in full under it, one at a time', async () => {
      show([FULL, aRow(12)]);
      const opened = () => dom.all('app-member-details').length;
      dom.click('東都大');
      await dom.loaded();
      expect([opened(), dom.one('tbody td[colspan]').getAttribute('colspan')]).toEqual([
        1,
        String(DEFAULT_USER.columns.length + 2),
      ]);
      expect(dom.controls('東都大')[0]?.getAttribute('aria-expanded')).toBe('true');
      dom.click('館12');
      await dom.loaded();
      expect([opened(), dom.controls('東都大')[0]?.getAttribute('aria-expanded')]).toEqual([1, 'false']);
      dom.click('館12');
      expect(opened()).toBe(0);
    });
  });
});
