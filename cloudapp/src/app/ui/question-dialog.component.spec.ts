import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { firstValueFrom } from 'rxjs';
import { Dom } from '../testing/dom';
import { QuestionDialogComponent } from './question-dialog.component';

describe('QuestionDialogComponent', () => {
  let fixture: ComponentFixture<QuestionDialogComponent>;
  let dom: Dom;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    ({ fixture, dom } = another());
  });

  function another() {
    const made = TestBed.createComponent(QuestionDialogComponent);
    made.componentRef.setInput('words', 'batch.leave.');
    return { fixture: made, dom: new Dom(made) };
  }
  const dialog = () => dom.one('dialog') as HTMLDialogElement;
  const ask = () => firstValueFrom(fixture.componentInstance.ask());

  it('is closed until it asks, and asks over all else', () => {
    expect([dialog().open, dom.text.trim()]).toEqual([false, '']);
    fixture.componentInstance.open();
    expect(dialog().matches(':modal')).toBeTrue();
    for (const word of ['title', 'note', 'stay', 'go']) expect(dom.text).toContain(`batch.leave.${word}`);
  });

  it('tells which button was pressed', async () => {
    for (const [words, isGo] of [
      ['batch.leave.go', true],
      ['batch.leave.stay', false],
    ] as const) {
      const answer = ask();
      dom.click(words);
      expect(await answer).toBe(isGo);
    }
  });

  it('stays with Escape, also where it was to go the last time', async () => {
    const before = ask();
    dom.click('batch.leave.go');
    await before;
    const answer = ask();
    // What the browser does on Escape in a dialog: it closes without a value.
    dialog().close();
    expect(await answer).toBeFalse();
  });

  it('goes where there is nothing to ask any more, and says nothing where nothing was asked', async () => {
    const answers: boolean[] = [];
    fixture.componentInstance.answered.subscribe((answer) => answers.push(answer));
    fixture.componentInstance.close();
    const answer = ask();
    fixture.componentInstance.close();
    expect([await answer, answers]).toEqual([true, [true]]);
  });

  it('is asked twice at once as one question', async () => {
    const both = [ask(), ask()];
    dom.click('batch.leave.stay');
    expect(await Promise.all(both)).toEqual([false, false]);
  });

  it('takes another note, and a mark on the button that goes', () => {
    fixture.componentRef.setInput('words', 'imports.cancelRun.');
    fixture.componentRef.setInput('note', 'noteDry');
    fixture.componentRef.setInput('goTestId', 'yes');
    dom.settle();
    expect([dom.texts('p'), dom.texts('[data-testid=yes]')]).toEqual([
      ['imports.cancelRun.noteDry'],
      ['imports.cancelRun.go'],
    ]);
  });

  it('is named by its title and described by its note, each by its own', () => {
    const ids = [dom, another().dom].map((each) =>
      ['labelledby', 'describedby'].map((by) => each.one('dialog').getAttribute(`aria-${by}`)),
    );
    expect([dom.one('h2').id, dom.one('p').id]).toEqual([ids[0]?.[0] ?? '', ids[0]?.[1] ?? '']);
    expect(new Set(ids.flat()).size).toBe(4);
  });
});
