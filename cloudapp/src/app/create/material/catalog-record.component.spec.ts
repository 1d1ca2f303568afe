import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { CatalogRecord } from '../../../domain/catalog/catalog';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aRecord, ISBN, ISSN, ncidOf } from '../../testing/records';
import { CatalogRecordComponent } from './catalog-record.component';

describe('CatalogRecordComponent', () => {
  let gateway: FakeGateway;
  let fixture: ComponentFixture<CatalogRecordComponent>;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: new FakeSession() },
      ],
    });
  });

  function show(record: CatalogRecord, inputs: Readonly<Record<string, unknown>> = {}): CatalogRecord[] {
    const chosen: CatalogRecord[] = [];
    fixture = TestBed.createComponent(CatalogRecordComponent);
    for (const [name, value] of Object.entries({ record, ...inputs })) fixture.componentRef.setInput(name, value);
    fixture.componentInstance.chosen.subscribe((each) => chosen.push(each));
    dom = new Dom(fixture);
    return chosen;
  }

  it('names the work, its imprint and its numbers', () => {
    show(aRecord({ edition: '改訂版', place: '東京', issn: ISSN, numbering: '1巻1号-' }));
    for (const words of [
      '図書館情報学入門',
      '著者 A 著 — 改訂版 — 東京 : 出版社 A, 2019',
      `${ncidOf(1)} · ISSN ${ISSN} · ISBN ${ISBN} · 1巻1号-`,
    ])
      expect(dom.text).toContain(words);
  });

  it('names the reference file that it stands in', () => {
    show(aRecord({ file: 'JPMARC', ncid: 'JP001' }));
    expect(dom.text).toContain('JPMARC · JP001');
  });

  it('can be chosen only where records are chosen', () => {
    show(aRecord());
    expect(dom.controls('create.chooseRecord')).toEqual([]);
    const chosen = show(aRecord(), { canChoose: true });
    dom.click('create.chooseRecord');
    expect(chosen).toEqual([aRecord()]);
  });

  it('shows all of it when that is wanted', async () => {
    show(aRecord({ subjects: ['主題'] }), { hasDetails: true });
    expect(dom.text).not.toContain('主題');
    dom.click('create.details');
    await dom.loaded();
    expect([dom.text.includes('主題'), dom.controls('create.details')[0]?.getAttribute('aria-expanded')]).toEqual([
      true,
      'true',
    ]);
    dom.click('create.details');
    expect(dom.text).not.toContain('主題');
  });

  it('has no details where none are wanted', () => {
    show(aRecord());
    expect(dom.controls('create.details')).toEqual([]);
  });

  it('hands on a linked record that is chosen in its place', async () => {
    const linked = aRecord({ ncid: ncidOf(2), title: '親書誌' });
    gateway.catalogRecord.and.returnValue(of(linked));
    const chosen = show(aRecord({ series: [{ title: '叢書', ncid: ncidOf(2) }] }), {
      hasDetails: true,
      canChoose: true,
    });
    dom.click('create.details');
    await dom.loaded();
    dom.click('叢書');
    dom.one('app-catalog-details').querySelector<HTMLElement>('.row button:last-child')?.click();
    expect(chosen).toEqual([linked]);
  });
});
