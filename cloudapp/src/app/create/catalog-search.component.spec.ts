import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { CatalogRecord } from '../../domain/catalog';
import { DeskService } from '../core/desk.service';
import { GatewayClient } from '../core/gateway.client';
import { Dom } from '../testing/dom';
import { FakeDesk } from '../testing/fake-desk';
import { failing, fakeGateway, type FakeGateway } from '../testing/fake-gateway';
import { aPage, aRecord, aSource } from '../testing/records';
import { CatalogSearchComponent } from './catalog-search.component';

const { citation } = aSource();

describe('CatalogSearchComponent', () => {
  let gateway: FakeGateway;
  let fixture: ComponentFixture<CatalogSearchComponent>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: DeskService, useValue: new FakeDesk() },
      ],
    });
    fixture = TestBed.createComponent(CatalogSearchComponent);
    dom = new Dom(fixture);
  });

  const title = () => dom.field('.grid label input').value;
  function cite(title = citation.title): void {
    fixture.componentRef.setInput('citation', { ...citation, title });
    dom.settle();
  }

  it("starts from the record's own title", () => {
    cite();
    expect(title()).toBe('図書館情報学入門');
  });

  it('leaves what was typed', () => {
    dom.type('.grid label input', 'typed');
    cite();
    expect(title()).toBe('typed');
  });

  it('can be sent only when something is typed', () => {
    const button = dom.controls('create.search.run')[0] as HTMLButtonElement;
    expect(button.disabled).toBeTrue();
    cite();
    expect(button.disabled).toBeFalse();
  });

  it('shows what it found, and hands on the one that is chosen', () => {
    const chosen: CatalogRecord[] = [];
    fixture.componentInstance.chosen.subscribe((record) => chosen.push(record));
    cite();
    dom.click('create.search.run');
    expect(dom.text).toContain('create.search.hits');
    dom.click('create.chooseRecord');
    expect(chosen).toEqual([aRecord()]);
  });

  it('says when nothing was found', () => {
    gateway.searchCatalog.and.returnValue(of(aPage<CatalogRecord>([])));
    cite();
    dom.click('create.search.run');
    expect(dom.text).toContain('create.search.nothing');
  });

  it('says what went wrong, which is not nothing found, and tries again', () => {
    gateway.searchCatalog.and.returnValue(failing('nacsis-unavailable'));
    cite();
    dom.click('create.search.run');
    expect([dom.text.includes('error.nacsis-unavailable.title'), dom.text.includes('create.search.nothing')]).toEqual([
      true,
      false,
    ]);
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()])));
    dom.click('action.again');
    expect(dom.text).toContain('create.search.hits');
  });

  it('pages, not beyond the ends', () => {
    gateway.searchCatalog.and.returnValue(of(aPage([aRecord()], { total: 21 })));
    cite();
    dom.click('create.search.run');
    const isDisabled = () =>
      ['action.previous', 'action.next'].map((words) => (dom.controls(words)[0] as HTMLButtonElement).disabled);
    expect(isDisabled()).toEqual([true, false]);
    dom.click('action.next');
    expect([gateway.searchCatalog.calls.mostRecent().args[0].page, ...isDisabled()]).toEqual([2, false, true]);
    dom.click('action.previous');
    expect(isDisabled()).toEqual([true, false]);
  });

  it('searches in the file that is chosen', () => {
    cite();
    dom.field('input[value=serial]').dispatchEvent(new Event('change'));
    dom.click('create.search.run');
    expect(gateway.searchCatalog.calls.mostRecent().args[0].form).toBe('serial');
  });
});
