import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import type { FieldView } from './action-field';
import { ActionCommentComponent } from './action-comment.component';

const field = (changes: Partial<FieldView> = {}): FieldView => ({
  name: 'comment',
  form: 'text',
  required: true,
  value: '',
  bytes: 0,
  maxBytes: 1024,
  errors: [],
  ...changes,
});

describe('ActionCommentComponent', () => {
  let fixture: ComponentFixture<ActionCommentComponent>;
  let dom: Dom;
  let typed: string[];

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
  });

  function show(changes: Partial<FieldView>, inputs: Readonly<Record<string, unknown>> = {}): void {
    fixture = TestBed.createComponent(ActionCommentComponent);
    for (const [name, value] of Object.entries({ field: field(changes), ...inputs }))
      fixture.componentRef.setInput(name, value);
    typed = [];
    fixture.componentInstance.typed.subscribe((value) => typed.push(value));
    dom = new Dom(fixture);
  }

  it('takes a usual text with one click, in Japanese, behind what is there', () => {
    show({ value: '12巻' }, { reasons: ['missing-issue', 'on-loan'] });
    expect(dom.texts('.reason')).toEqual(['reason.missing-issue', 'reason.on-loan']);
    dom.click('reason.on-loan');
    expect(typed).toEqual(['12巻、貸出中']);
  });

  it('always shows how many bytes it has', () => {
    show({ value: 'あ', bytes: 27 });
    expect(dom.text).toContain('27 / 1024');
  });

  it('has no line breaks', () => {
    show({});
    dom.type('textarea', '一行目\n 二行目');
    expect([typed, dom.field('textarea').value]).toEqual([['一行目 二行目'], '一行目 二行目']);
  });

  it('says what is wrong', () => {
    show({ errors: [{ field: 'comment', code: 'too-long', params: { bytes: 1030, maxBytes: 1024 } }] });
    expect([dom.text.includes('fieldError.too-long'), dom.text.includes('commentHint')]).toEqual([true, false]);
    expect(dom.one('textarea').getAttribute('aria-invalid')).toBe('true');
  });

  it('is locked with its texts', () => {
    show({}, { reasons: ['on-loan'], disabled: true });
    expect([dom.field('textarea').disabled, (dom.one('.reason') as HTMLButtonElement).disabled]).toEqual([true, true]);
  });
});
