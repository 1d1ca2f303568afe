import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { RowMarksComponent } from './row-marks.component';

describe('RowMarksComponent', () => {
  it('shows each mark by an icon and a word, and what is wrong as a warning', () => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(RowMarksComponent);
    const names = ['new', 'overdue', 'stuck', 'passed-on', 'not-delivered', 'jumped'] as const;
    fixture.componentRef.setInput(
      'marks',
      names.map((name) => ({ name })),
    );
    const dom = new Dom(fixture);
    const words = dom.texts('.chip');
    expect(words.map((text, at) => text.endsWith(`workList.mark.${names[at]}`) && text.length > 16)).toEqual(
      names.map(() => true),
    );
    expect(new Set(dom.texts('[aria-hidden]')).size).toBe(names.length);
    expect(dom.all('.warn').map(({ dataset }) => dataset['mark'])).toEqual(['overdue', 'stuck', 'jumped']);
  });
});
