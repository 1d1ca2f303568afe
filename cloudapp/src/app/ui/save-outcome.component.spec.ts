import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { AppError } from '../core/app-error';
import { Dom } from '../testing/dom';
import { SaveOutcomeComponent } from './save-outcome.component';

describe('SaveOutcomeComponent', () => {
  let fixture: ComponentFixture<SaveOutcomeComponent>;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    fixture = TestBed.createComponent(SaveOutcomeComponent);
    fixture.componentRef.setInput('reloadLabel', '読み直す');
    show(false);
  });

  function show(isSaved: boolean, error?: AppError): void {
    fixture.componentRef.setInput('isSaved', isSaved);
    fixture.componentRef.setInput('error', error);
    dom = new Dom(fixture);
  }

  it('says that it was saved, where it is said aloud, and nothing before', () => {
    expect([dom.texts('[role=status]'), dom.all('[role=alert]').length]).toEqual([[''], 0]);
    show(true);
    expect(dom.texts('[role=status]')).toEqual(['✓ config.saved']);
  });

  it('says why it was not saved, and offers to read what is stored only where others have changed it', () => {
    show(false, new AppError('forbidden'));
    expect([dom.text.includes('error.forbidden.title'), dom.controls('読み直す').length]).toEqual([true, 0]);
    show(false, new AppError('stale-version'));
    let reloads = 0;
    fixture.componentInstance.reload.subscribe(() => (reloads += 1));
    dom.click('読み直す');
    expect([dom.text.includes('error.stale-version.title'), reloads]).toEqual([true, 1]);
  });
});
