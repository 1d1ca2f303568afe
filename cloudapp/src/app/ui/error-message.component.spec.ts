import { TestBed } from '@angular/core/testing';
import { TranslateService } from '@ngx-translate/core';
import { ERROR_CODES, type ErrorCode } from '../../domain/errors';
import { AppError, type AppErrorDetails } from '../core/app-error';
import { Dom } from '../testing/dom';
import { provideMessages } from '../testing/messages-at-once';
import { ErrorMessageComponent } from './error-message.component';

const MARKUP = '<img src=x onerror="alert(1)"><b>bold</b> {{status}}';

describe('ErrorMessageComponent', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [provideMessages()],
    });
    TestBed.inject(TranslateService).use('ja');
  });

  function show(code: ErrorCode, details: AppErrorDetails = {}, canRetry = false) {
    const fixture = TestBed.createComponent(ErrorMessageComponent);
    fixture.componentRef.setInput('error', new AppError(code, details));
    fixture.componentRef.setInput('canRetry', canRetry);
    return { dom: new Dom(fixture), component: fixture.componentInstance };
  }

  it('says what went wrong and the way out, aloud', () => {
    const { dom } = show('nacsis-unavailable');
    expect(dom.one('[role=alert]').textContent).toContain('NACSIS-ILL が応答していません');
    expect(dom.text).toContain('しばらくしてからもう一度試してください');
  });

  it('has words for every error of the catalogue', () => {
    for (const code of ERROR_CODES) expect(show(code).dom.text).withContext(code).not.toContain('error.');
  });

  it("shows NACSIS' and Alma's own words, the waiting time and the number for the gateway's log", () => {
    const { dom } = show('nacsis-rejected', {
      nacsis: { status: '402', message: 'パラメータ誤り' },
      alma: { message: 'no such record' },
      retryAfterSeconds: 30,
      requestId: 'req-1',
    });
    for (const words of ['パラメータ誤り', '402', 'no such record', '30秒', 'req-1']) expect(dom.text).toContain(words);
  });

  it('shows nothing of what it does not know', () => {
    const { dom } = show('forbidden');
    expect(dom.all('p').length).toBe(2);
    expect(dom.text).not.toContain('{{');
  });

  it("shows markup in NACSIS' and Alma's words as the text that it is", () => {
    const { dom } = show('nacsis-rejected', { nacsis: { status: '402', message: MARKUP }, alma: { message: MARKUP } });
    expect(dom.all('img, b').length).toBe(0);
    expect(dom.text.split(MARKUP).length - 1).toBe(2);
  });

  it('offers to try again only where that is possible from here', () => {
    expect(show('gateway-unreachable').dom.all('button').length).toBe(0);
    const { dom, component } = show('gateway-unreachable', {}, true);
    let tries = 0;
    component.again.subscribe(() => (tries += 1));
    dom.click('再試行');
    expect(tries).toBe(1);
  });
});
