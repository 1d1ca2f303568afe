import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { of, Subject } from 'rxjs';
import { SettingsService } from '../core/settings.service';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { anInstitution } from '../testing/records';
import { ConfigPage } from './config.page';

describe('ConfigPage', () => {
  let settings: jasmine.SpyObj<SettingsService>;
  let dom: Dom;

  beforeEach(() => {
    settings = jasmine.createSpyObj<SettingsService>('SettingsService', {
      institution: of(anInstitution({ ncidPrefixes: ['NACSIS'] })),
      saveInstitution: of(undefined),
    });
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: SettingsService, useValue: settings }],
    });
  });

  const open = () => (dom = new Dom(TestBed.createComponent(ConfigPage)));
  const saved = () => settings.saveInstitution.calls.allArgs().map(([value]) => value);
  const saveButton = () => dom.controls('config.save')[0] as HTMLButtonElement;

  it('shows what is set', () => {
    open();
    expect(dom.field('input[type=url]').value).toBe('https://gateway.example');
    expect(dom.text).not.toContain('config.saved');
  });

  it('saves what was changed, whole and in its normal form', () => {
    open();
    dom.type('input[type=url]', ' https://ILL.example/ ');
    dom.click('config.save');
    expect(saved()).toEqual([anInstitution({ ncidPrefixes: ['NACSIS'], gatewayUrl: 'https://ill.example' })]);
    expect(dom.text).toContain('config.saved');
  });

  it('saves nothing while the address is none', () => {
    open();
    dom.type('input[type=url]', 'http://ill.example');
    expect([saveButton().disabled, dom.text.includes('config.gatewayUrlWrong')]).toEqual([true, true]);
    dom.one('form').dispatchEvent(new Event('submit'));
    expect(saved()).toEqual([]);
  });

  describe("the patron's limit", () => {
    it('is shown and saved', () => {
      settings.institution.and.returnValue(of(anInstitution({ patronLimit: 3 })));
      open();
      expect(dom.labelled('config.patronLimit').value).toBe('3');
      dom.fill('config.patronLimit', '10');
      dom.click('config.save');
      expect(saved()).toEqual([anInstitution({ patronLimit: 10 })]);
    });

    it('is not saved by Enter either while it is wrong', () => {
      open();
      dom.fill('config.patronLimit', '');
      dom.one('form').dispatchEvent(new Event('submit'));
      expect(saved()).toEqual([]);
    });

    it('may be none', () => {
      open();
      dom.fill('config.patronLimit', '0');
      expect([saveButton().disabled, dom.text.includes('config.patronLimitWrong')]).toEqual([false, false]);
    });

    it('is not saved while it is no number from 0 to 100', () => {
      open();
      for (const wrong of ['', '-1', '101', '1.5']) {
        dom.fill('config.patronLimit', wrong);
        expect([saveButton().disabled, dom.text.includes('config.patronLimitWrong')])
          .withContext(wrong)
          .toEqual([true, true]);
      }
    });
  });

  it('waits for one saving before the next', () => {
    settings.saveInstitution.and.returnValue(new Subject<void>());
    open();
    dom.click('config.save');
    expect(saveButton().disabled).toBeTrue();
  });

  it('says so when Alma does not let it save', () => {
    settings.saveInstitution.and.returnValue(failing('host-refused'));
    open();
    dom.click('config.save');
    expect(dom.text).toContain('error.host-refused.title');
    expect(dom.text).not.toContain('config.saved');
  });

  it('says so when what is set cannot be used, and lets it be repaired', () => {
    settings.institution.and.returnValue(failing('gateway-not-configured'));
    open();
    expect(dom.text).toContain('error.gateway-not-configured.title');
    expect(saveButton().disabled).toBeFalse();
  });
});
