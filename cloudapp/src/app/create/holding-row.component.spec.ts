import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { aMember, aRow, LIBRARY, memberIdOf } from '../testing/records';
import { HoldingRowComponent } from './holding-row.component';
import type { HoldingRow } from './lender-choice';

describe('HoldingRowComponent', () => {
  let said: unknown[];

  beforeEach(() => {
    said = [];
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
  });

  function show(row: HoldingRow, inputs: Readonly<Record<string, unknown>> = {}): Dom {
    const fixture = TestBed.createComponent(HoldingRowComponent);
    for (const [name, value] of Object.entries({ row, ...inputs })) fixture.componentRef.setInput(name, value);
    fixture.componentInstance.picked.subscribe((at) => said.push(at));
    fixture.componentInstance.dropped.subscribe(() => said.push('dropped'));
    return new Dom(fixture);
  }

  it('offers a library that can be asked, with what it holds', () => {
    const dom = show(aRow(10, { location: '本館', years: '1970-2019', volumeRange: '1-50', callNumber: '007/A' }));
    for (const words of ['館10', 'create.serves', '本館', '1970-2019', '1-50', '007/A'])
      expect(dom.text).toContain(words);
    dom.click('create.pick');
    expect(said).toEqual([0]);
  });

  it('says why a library cannot be asked, and does not offer it', () => {
    const reasons = {
      'unservable.service-stopped': aRow(10, { member: aMember({ service: 'N' }) }),
      'create.own-library': aRow(1, { memberId: LIBRARY.memberId }),
    };
    for (const [reason, row] of Object.entries(reasons)) {
      const dom = show(row);
      expect(dom.text).toContain(reason);
      expect(dom.controls('create.pick')).toEqual([]);
    }
  });

  it('names the window, charge offset and the own prefecture', () => {
    const row = aRow(10, { member: aMember({ copyService: 'C', copyVia: memberIdOf(11), offset: true }) });
    const { text } = show({ ...row, isSameRegion: true });
    for (const words of ['create.through', 'create.offset', 'create.sameRegion']) expect(text).toContain(words);
  });

  it('hands on the volume that was chosen', () => {
    const dom = show(aRow(10, { volumes: [{ volume: '上' }, { volume: '下' }] }));
    dom.choose('select', '1');
    dom.click('create.pick');
    expect(said).toEqual([1]);
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
});
