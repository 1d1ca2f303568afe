import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of } from 'rxjs';
import type { Template } from '../../../domain/api/profile';
import { MAX_TEMPLATES } from '../../../domain/ill/templates';
import { SessionService } from '../../core/session.service';
import { GatewayClient } from '../../core/gateway.client';
import { Dom } from '../../testing/dom';
import { FakeSession } from '../../testing/fake-session';
import { failing, fakeGateway, type FakeGateway } from '../../testing/fake-gateway';
import { aProfile, aTemplate } from '../../testing/records';
import { OrderFormStore } from './order-form.store';
import { TemplatePickerComponent } from './template-picker.component';
import { TemplatesStore } from './templates.store';

describe('TemplatePickerComponent', () => {
  let gateway: FakeGateway;
  let session: FakeSession;
  let store: TemplatesStore;
  let dom: Dom;

  beforeEach(() => {
    gateway = fakeGateway();
    gateway.putProfile.and.callFake((_library, { version, templates = [] }) =>
      of(aProfile(templates, { version: version + 1 })),
    );
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        provideTranslateService(),
        TemplatesStore,
        OrderFormStore,
        { provide: GatewayClient, useValue: gateway },
        { provide: SessionService, useValue: session },
      ],
    });
  });

  function show(templates: readonly Template[] = [aTemplate('急ぎ'), aTemplate('通常')]): void {
    gateway.profile.and.returnValue(of(aProfile(templates)));
    store = TestBed.inject(TemplatesStore);
    dom = new Dom(TestBed.createComponent(TemplatePickerComponent));
  }
  const saved = () =>
    gateway.putProfile.calls.allArgs().map(([, { templates = [] }]) => templates.map(({ name }) => name));
  const saveButton = () => dom.one('app-name-row button') as HTMLButtonElement;
  function name(text: string): void {
    dom.click('templates.saveAs');
    dom.fill('templates.naming.name', text);
  }

  it('is not there where the library has none', () => {
    show([]);
    expect([dom.all('select').length, dom.text.trim()]).toEqual([0, '']);
  });

  it('says that they cannot be read', () => {
    gateway.profile.and.returnValue(failing('gateway-unreachable'));
    store = TestBed.inject(TemplatesStore);
    dom = new Dom(TestBed.createComponent(TemplatePickerComponent));
    expect(dom.text).toContain('error.gateway-unreachable.title');
  });

  it('chooses one of those for the kind, or none', () => {
    show([aTemplate('急ぎ'), aTemplate('貸借用', { kind: 'loan' })]);
    expect(dom.texts('option')).toEqual(['templates.none', '急ぎ']);
    dom.fill('templates.label', '急ぎ');
    expect(store.chosenName()).toBe('急ぎ');
    dom.fill('templates.label', '');
    expect(store.chosenName()).toBe('');
  });

  it('shows which one is chosen', () => {
    show();
    store.choose('通常');
    dom.settle();
    expect(dom.labelled('templates.label').value).toBe('通常');
  });

  it('lets nobody but managers save and remove', () => {
    show();
    store.choose('急ぎ');
    dom.settle();
    expect([...dom.controls('templates.saveAs'), ...dom.controls('templates.remove')]).toEqual([]);
    session.manager();
    dom.settle();
    expect([dom.controls('templates.saveAs').length, dom.controls('templates.remove').length]).toEqual([1, 1]);
  });

  describe('for a manager', () => {
    beforeEach(() => session.manager());

    it('saves what is on the form under a name, without the blanks around it', () => {
      show();
      name('  新しい ');
      saveButton().click();
      dom.settle();
      expect(saved().map((names) => [...names].sort())).toEqual([['急ぎ', '新しい', '通常'].sort()]);
      expect([dom.all('app-name-row').length, dom.labelled('templates.label').value]).toEqual([0, '新しい']);
    });

    it('saves the first one, too', () => {
      show([]);
      name('新しい');
      saveButton().click();
      dom.settle();
      expect([saved(), dom.labelled('templates.label').value]).toEqual([[['新しい']], '新しい']);
    });

    it('says when it replaces one, and begins with the one that is chosen', () => {
      show();
      store.choose('急ぎ');
      dom.click('templates.saveAs');
      expect([dom.labelled('templates.naming.name').value, saveButton().textContent?.trim()]).toEqual([
        '急ぎ',
        'templates.naming.replace',
      ]);
      dom.fill('templates.naming.name', '急ぎ2');
      expect(saveButton().textContent?.trim()).toBe('templates.naming.save');
    });

    it('saves no further one when there is no room, but replaces', () => {
      show(Array.from({ length: MAX_TEMPLATES }, (_, at) => aTemplate(String(at))));
      name('新しい');
      expect(saveButton().disabled).toBeTrue();
      dom.fill('templates.naming.name', '7');
      expect(saveButton().disabled).toBeFalse();
    });

    it('saves nothing when the user thinks better of it', () => {
      show();
      name('新しい');
      dom.click('templates.naming.cancel');
      expect([saved(), dom.all('app-name-row').length]).toEqual([[], 0]);
    });

    it('says what is saved and what is not', () => {
      show();
      dom.click('templates.saveAs');
      expect(dom.text).toContain('templates.about');
    });

    it('removes the one that is chosen', () => {
      show();
      store.choose('急ぎ');
      dom.settle();
      dom.click('templates.remove');
      expect([saved(), dom.texts('option')]).toEqual([[['通常']], ['templates.none', '通常']]);
    });

    it('says that somebody else has changed them meanwhile, and shows what they have made', () => {
      show();
      gateway.putProfile.and.returnValue(failing('stale-version'));
      gateway.profile.and.returnValue(of(aProfile([aTemplate('他の人の')], { version: 5 })));
      name('新しい');
      saveButton().click();
      dom.settle();
      expect([dom.text.includes('error.stale-version.title'), dom.texts('option')]).toEqual([
        true,
        ['templates.none', '他の人の'],
      ]);
    });

    it('says so no more once it was saved', () => {
      show();
      gateway.putProfile.and.returnValues(
        failing('stale-version'),
        of(aProfile([aTemplate('新しい')], { version: 2 })),
      );
      for (const _ of [1, 2]) {
        name('新しい');
        saveButton().click();
        dom.settle();
      }
      expect(dom.text).not.toContain('error.');
    });
  });
});
