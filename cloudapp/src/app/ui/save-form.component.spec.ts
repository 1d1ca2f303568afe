import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { AppError } from '../core/app-error';
import { Dom } from '../testing/dom';
import { SaveFormComponent, type SavedAsWhole } from './save-form.component';

/** A store whose state the spec sets. */
class Edited implements SavedAsWhole {
  readonly mayChange = signal(true);
  readonly isChanged = signal(true);
  readonly isSaving = signal(false);
  readonly isSaved = signal(false);
  readonly saveError = signal<AppError | undefined>(undefined);
  readonly save = jasmine.createSpy('save');
  readonly reload = jasmine.createSpy('reload');
}

@Component({
  standalone: true,
  imports: [SaveFormComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-save-form [store]="edited" [words]="'tariffs.form.'" saveTestId="save" [hasFaults]="hasFaults()">
      <input />
      <button beforeSave type="button">before</button>
      @if (edited.isChanged()) {
        <button afterSave type="button">after</button>
      }
    </app-save-form>
  `,
})
class Page {
  readonly edited = new Edited();
  readonly hasFaults = signal(false);
}

describe('SaveFormComponent', () => {
  let page: Page;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(Page);
    page = fixture.componentInstance;
    dom = new Dom(fixture);
  });
  const canSave = () => !(dom.one('[data-testid=save]') as HTMLButtonElement).disabled;
  const isHeld = () => (dom.one('fieldset') as HTMLFieldSetElement).disabled;

  it('saves without sending the form anywhere', () => {
    dom.one('[data-testid=save]').click();
    const submit = new Event('submit', { cancelable: true });
    dom.one('form').dispatchEvent(submit);
    expect([page.edited.save.calls.count(), submit.defaultPrevented]).toEqual([2, true]);
  });

  it('saves nothing that is not changed, has faults or is on its way', () => {
    expect([canSave(), isHeld()]).toEqual([true, false]);
    for (const [held, by] of [
      [page.edited.isChanged, false],
      [page.hasFaults, true],
      [page.edited.isSaving, true],
    ] as const) {
      held.set(by);
      dom.settle();
      expect(canSave()).toBeFalse();
      held.set(!by);
      dom.settle();
      expect(canSave()).toBeTrue();
    }
    page.edited.isSaving.set(true);
    dom.settle();
    expect(isHeld()).toBeTrue();
  });

  it('has what is edited first, and other buttons on both sides of the one that saves', () => {
    const inOrder = () => dom.texts('fieldset > input, fieldset > .row > *');
    expect(inOrder()).toEqual(['', 'before', 'tariffs.form.save', 'after']);
    page.edited.isChanged.set(false);
    dom.settle();
    expect(inOrder()).toEqual(['', 'before', 'tariffs.form.save']);
  });

  it('is to be read only for who may not change it, and says so', () => {
    expect(dom.text).not.toContain('tariffs.form.managersOnly');
    page.edited.mayChange.set(false);
    dom.settle();
    expect([dom.text.includes('tariffs.form.managersOnly'), isHeld(), dom.all('button').length]).toEqual([
      true,
      true,
      0,
    ]);
  });

  it('says that it was saved where that is said aloud, and nothing before', () => {
    expect([dom.texts('[role=status]'), dom.all('[role=alert]').length]).toEqual([[''], 0]);
    page.edited.isSaved.set(true);
    dom.settle();
    expect(dom.texts('[role=status]')).toEqual(['✓ config.saved']);
  });

  it('says why it was not saved, and offers to read what is stored only where others have changed it', () => {
    page.edited.saveError.set(new AppError('forbidden'));
    dom.settle();
    expect([dom.text.includes('error.forbidden.title'), dom.controls('tariffs.form.reload').length]).toEqual([true, 0]);
    page.edited.saveError.set(new AppError('stale-version'));
    dom.settle();
    dom.click('tariffs.form.reload');
    expect([dom.text.includes('error.stale-version.title'), page.edited.reload.calls.count()]).toEqual([true, 1]);
  });
});
