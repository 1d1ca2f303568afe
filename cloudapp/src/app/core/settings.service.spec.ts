import { TestBed } from '@angular/core/testing';
import { of, Subject, throwError, type Observable } from 'rxjs';
import { FakeHost } from '../testing/fake-host';
import { anInstitution } from '../testing/records';
import { AppError, HostError } from './app-error';
import { HostService } from './host.service';
import { DEFAULT_INSTITUTION } from './institution-settings';
import { SettingsService } from './settings.service';
import { DEFAULT_USER } from './user-settings';

describe('SettingsService', () => {
  let host: FakeHost;
  let settings: SettingsService;

  beforeEach(() => {
    host = new FakeHost();
    TestBed.configureTestingModule({ providers: [{ provide: HostService, useValue: host }] });
    settings = TestBed.inject(SettingsService);
  });

  function outcome(call: Observable<unknown>): unknown[] {
    const seen: unknown[] = [];
    call.subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push(error instanceof AppError ? error.code : error),
    });
    return seen;
  }

  describe("the institution's", () => {
    it('are read once, for all who ask', () => {
      const answer = new Subject<unknown>();
      host.readConfig.and.returnValue(answer);
      const seen = [outcome(settings.institution()), outcome(settings.institution())];
      answer.next({});
      answer.complete();
      seen.push(outcome(settings.institution()));
      expect(seen).toEqual([[DEFAULT_INSTITUTION], [DEFAULT_INSTITUTION], [DEFAULT_INSTITUTION]]);
      expect(host.readConfig).toHaveBeenCalledTimes(1);
    });

    it('say that no gateway is configured when they cannot be used, and why', () => {
      host.readConfig.and.returnValue(of({ version: 3 }));
      let error: unknown;
      settings.institution().subscribe({ error: (thrown: unknown) => (error = thrown) });
      expect([(error as AppError).code, (error as AppError).cause]).toEqual([
        'gateway-not-configured',
        'newer-version',
      ]);
    });

    it('are read again after a failure', () => {
      host.readConfig.and.returnValue(throwError(() => new HostError('host-timeout')));
      expect(outcome(settings.institution())).toEqual(['host-timeout']);
      host.readConfig.and.returnValue(of({}));
      expect(outcome(settings.institution())).toEqual([DEFAULT_INSTITUTION]);
    });

    it('are the saved ones from then on', () => {
      outcome(settings.institution());
      const saved = anInstitution({ payment: 'pr' });
      expect(outcome(settings.saveInstitution(saved))).toEqual([undefined]);
      expect(host.writeConfig).toHaveBeenCalledOnceWith(saved);
      expect(outcome(settings.institution())).toEqual([saved]);
    });

    it('stay as they are when saving fails', () => {
      host.writeConfig.and.returnValue(throwError(() => new HostError('host-refused')));
      expect(outcome(settings.saveInstitution(anInstitution()))).toEqual(['host-refused']);
      expect(outcome(settings.institution())).toEqual([DEFAULT_INSTITUTION]);
    });
  });

  describe("the user's", () => {
    it('are empty when Alma does not tell them', () => {
      host.readSettings.and.returnValue(throwError(() => new HostError('host-timeout')));
      expect(outcome(settings.user())).toEqual([DEFAULT_USER]);
    });

    it('are not overwritten while Alma does not tell them', () => {
      host.readSettings.and.returnValue(throwError(() => new HostError('host-timeout')));
      outcome(settings.user());
      expect(outcome(settings.remember({ kinds: { book: 'loan' } }))).toEqual(['host-timeout']);
      expect(host.writeSettings).not.toHaveBeenCalled();
      host.readSettings.and.returnValue(of({ version: 1, library: 'MED' }));
      outcome(settings.remember({ kinds: { book: 'loan' } }));
      expect(host.writeSettings).toHaveBeenCalledOnceWith({ ...DEFAULT_USER, library: 'MED', kinds: { book: 'loan' } });
    });

    it('keep what was chosen before beside what is chosen now', () => {
      host.readSettings.and.returnValue(of({ version: 1, library: 'MED', kinds: { book: 'loan' } }));
      outcome(settings.remember({ payment: 'pr' }));
      outcome(settings.remember({ kinds: { book: 'copy' } }));
      const kept = { ...DEFAULT_USER, library: 'MED', kinds: { book: 'copy' }, payment: 'pr' } as const;
      expect(host.writeSettings.calls.mostRecent().args).toEqual([kept]);
      expect(outcome(settings.user())).toEqual([kept]);
      expect(host.readSettings).toHaveBeenCalledTimes(1);
    });
  });
});
