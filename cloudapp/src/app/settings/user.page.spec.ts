import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { AppError } from '../core/app-error';
import { AppearanceService } from '../core/appearance.service';
import { SessionService } from '../core/session.service';
import { NO_FILTER } from '../core/holding-filter';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { aUser } from '../testing/records';
import { UserPage } from './user.page';

describe('UserPage', () => {
  let session: FakeSession;
  let appearance: jasmine.SpyObj<Pick<AppearanceService, 'choose'>>;
  let dom: Dom;

  beforeEach(() => {
    session = new FakeSession();
    appearance = jasmine.createSpyObj<AppearanceService>('AppearanceService', ['choose']);
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: SessionService, useValue: session },
        { provide: AppearanceService, useValue: appearance },
      ],
    });
  });

  const open = () => (dom = new Dom(TestBed.createComponent(UserPage)));
  const kept = () => session.remember.calls.allArgs().map(([choices]) => choices);
  const kind = () => dom.all('input[type=radio]').map((radio) => (radio as HTMLInputElement).checked);

  it('shows what the user has chosen', () => {
    session.user({ kinds: { book: 'copy' }, noProposal: true, skipConfirm: true });
    open();
    expect([kind(), dom.labelled('settings.propose').checked, dom.labelled('settings.confirm').checked]).toEqual([
      [true, false, false, false, false, true],
      false,
      false,
    ]);
  });

  it('shows what the app does by itself where nothing was chosen', () => {
    open();
    expect([kind(), dom.labelled('settings.propose').checked, dom.labelled('settings.confirm').checked]).toEqual([
      [false, false, true, false, false, true],
      true,
      true,
    ]);
    expect(dom.text).not.toContain('config.saved');
  });

  it('keeps each change at once', () => {
    open();
    dom.all('input[type=radio]')[1]?.dispatchEvent(new Event('change'));
    dom.settle();
    dom.check('settings.propose', false);
    dom.check('settings.confirm', false);
    dom.check('settings.confirm', true);
    expect(kept()).toEqual([
      { kinds: { book: 'loan' } },
      { noProposal: true },
      { skipConfirm: true },
      { skipConfirm: false },
    ]);
    expect(dom.text).toContain('config.saved');
    const now = session.session();
    expect('value' in now && now.value.user).toEqual(aUser({ kinds: { book: 'loan' }, noProposal: true }));
  });

  it('changes the language at once, and shows the names of CATP when wanted', () => {
    open();
    dom.fill('settings.language', 'en');
    dom.check('settings.catpNames', true);
    dom.fill('settings.language', '');
    expect(kept()).toEqual([{ language: 'en' }, { catpNames: true }, { language: '' }]);
    expect(appearance.choose.calls.allArgs()).toEqual([['en'], ['']]);
  });

  it('lets the material decide again', () => {
    session.user({ kinds: { book: 'copy', serial: 'loan' } });
    open();
    dom.all('input[type=radio]')[2]?.dispatchEvent(new Event('change'));
    dom.settle();
    expect(kept()).toEqual([{ kinds: { serial: 'loan' } }]);
  });

  it('forgets what it remembers of orders, filters and columns, and leaves what was chosen here', () => {
    session.user({
      library: 'MED',
      kinds: { book: 'copy' },
      skipConfirm: true,
      payment: 'pr',
      copyType: 'FAX',
      sendingMethod: '速達',
      filter: { ...NO_FILTER, region: '13' },
      columns: ['memberId'],
    });
    open();
    dom.click('settings.forget');
    const now = session.session();
    expect('value' in now && now.value.user).toEqual(
      aUser({ library: 'MED', kinds: { book: 'copy' }, skipConfirm: true }),
    );
    expect(Object.keys(kept()[0] ?? {}).sort()).toEqual([
      'columns',
      'copyType',
      'filter',
      'list',
      'payment',
      'sendingMethod',
    ]);
  });

  it('leads to what the library has set', () => {
    open();
    expect(dom.all('p a').map((link) => link.getAttribute('href'))).toEqual([
      '/settings/tariffs',
      '/settings/integration',
    ]);
  });

  it('can be used before it is known who works here', () => {
    session.session.set({ state: 'failed', error: new AppError('gateway-unreachable') });
    open();
    dom.check('settings.confirm', false);
    expect([kept(), dom.labelled('settings.confirm').checked]).toEqual([[{ skipConfirm: true }], false]);
  });
});
