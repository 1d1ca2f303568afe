import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../../testing/dom';
import { aMember, aRow, LIBRARY, memberIdOf } from '../../testing/records';
import { extentText, HoldingRowComponent, regionKeyOf } from './holding-row.component';
import type { HoldingRow } from '../../../domain/ill/rota';

describe('HoldingRowComponent', () => {
  let said: string[];

  beforeEach(() => {
    said = [];
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
  });

  function show(row: HoldingRow, inputs: Readonly<Record<string, unknown>> = {}): Dom {
    const fixture = TestBed.createComponent(HoldingRowComponent);
    for (const [name, value] of Object.entries({ row, ...inputs })) fixture.componentRef.setInput(name, value);
    fixture.componentInstance.picked.subscribe(() => said.push('picked'));
    fixture.componentInstance.dropped.subscribe(() => said.push('dropped'));
    return new Dom(fixture);
  }

  it('offers a library that can be asked, with what it holds', () => {
    const dom = show(aRow(10, { location: '本館', years: '1970-2019', volumeRange: '1-50', callNumber: '007/A' }));
    for (const words of ['館10', 'create.serves', '本館', '1970-2019', '1-50', '007/A'])
      expect(dom.text).toContain(words);
    dom.click('create.pick');
    expect(said).toEqual(['picked']);
  });

  it('says why a library cannot be asked, and does not offer it', () => {
    const reasons = {
      'unservable.service-stopped': aRow(10, { member: aMember({ service: 'N' }) }),
      'unservable.own-library': aRow(1, { memberId: LIBRARY.memberId }),
    };
    for (const [reason, row] of Object.entries(reasons)) {
      const dom = show(row);
      expect(dom.text).toContain(reason);
      expect(dom.controls('create.pick')).toEqual([]);
    }
  });

  it('names the window, charge offset and the own prefecture', () => {
    const member = aMember({ copyService: 'C', copyVia: memberIdOf(11), offset: true, region: '13' });
    const { text } = show(aRow(10, { member }, { own: { memberId: LIBRARY.memberId, region: '13' } }));
    for (const words of ['create.through', 'proposal.offset', 'proposal.same-prefecture', 'code.region.13'])
      expect(text).toContain(words);
  });

  it('names what a copy costs, where the library says so', () => {
    expect(show(aRow(10, { member: aMember({ policies: ['複写料金: 1枚35円'] }) })).text).toContain('create.charges');
    expect(show(aRow(10)).text).not.toContain('create.charges');
  });

  it('shows the library in full when it is wanted', async () => {
    const dom = show(aRow(10, { member: aMember({ tel: '03-0000-0010' }) }));
    const isOpen = () => dom.controls('create.details')[0]?.getAttribute('aria-expanded');
    expect([isOpen(), dom.text.includes('03-0000-0010')]).toEqual(['false', false]);
    dom.click('create.details');
    await dom.loaded();
    expect([isOpen(), dom.text.includes('03-0000-0010')]).toEqual(['true', true]);
    dom.click('create.details');
    expect(dom.text).not.toContain('03-0000-0010');
  });

  it('offers no further library when five are picked', () => {
    const dom = show(aRow(10), { isFull: true });
    expect((dom.controls('create.pick')[0] as HTMLButtonElement).disabled).toBeTrue();
  });

  it('can be dropped once it is picked, also when five are', () => {
    const dom = show(aRow(10), { isPicked: true, isFull: true });
    dom.click('create.unpick');
    expect(said).toEqual(['dropped']);
  });

  it('names the library on its buttons for those who cannot see the row', () => {
    const dom = show(aRow(10));
    for (const words of ['create.pick', 'create.details'])
      expect(dom.controls(words)[0]?.textContent).toContain('館10');
  });
});

describe('regionKeyOf', () => {
  it('is the name of a prefecture or country, and nothing for a code that is neither', () => {
    const keyOf = (region: string) => regionKeyOf(aRow(10, { member: aMember({ region }) }));
    expect([keyOf('13'), keyOf('151'), keyOf('52')]).toEqual(['code.region.13', 'code.region.151', undefined]);
    const { member: _, ...bare } = aRow(10).holding;
    expect(regionKeyOf({ ...aRow(10), holding: bare })).toBeUndefined();
  });
});

describe('extentText', () => {
  it('is place, volumes, years and call number, without what is not known', () => {
    const of = (changes: Parameters<typeof aRow>[1]) => extentText(aRow(10, changes));
    expect(of({ location: '本館', volumeRange: '1-9', years: '1970-', callNumber: '007' })).toBe(
      '本館 · 1-9 · 1970- · 007',
    );
    expect(of({ volumes: [{ volume: '上', callNumber: '007/1' }, { volume: '下' }] })).toBe('上・下 · 007/1');
    expect(of({})).toBe('');
  });
});
