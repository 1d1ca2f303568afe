import { fakeAsync, TestBed, tick } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { CopyButtonComponent } from './copy-button.component';

describe('CopyButtonComponent', () => {
  function show() {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(CopyButtonComponent);
    fixture.componentRef.setInput('text', 'LA1');
    return { fixture, dom: new Dom(fixture) };
  }

  it('says that it copied, until there is another text', fakeAsync(() => {
    const write = spyOn(navigator.clipboard, 'writeText').and.resolveTo();
    const { fixture, dom } = show();
    dom.click('create.copyId');
    tick();
    dom.settle();
    expect(write).toHaveBeenCalledOnceWith('LA1');
    expect(dom.text).toContain('create.copied');
    fixture.componentRef.setInput('text', 'LA2');
    dom.settle();
    expect(dom.text).toContain('create.copyId');
  }));

  it('does not say so where Alma does not let the frame do it', fakeAsync(() => {
    spyOn(navigator.clipboard, 'writeText').and.rejectWith(new Error('NotAllowedError'));
    const { dom } = show();
    dom.click('create.copyId');
    tick();
    dom.settle();
    expect(dom.text).not.toContain('create.copied');
  }));
});
