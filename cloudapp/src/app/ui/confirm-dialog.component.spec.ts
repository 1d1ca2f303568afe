import { ChangeDetectionStrategy, Component, viewChild } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { Dom } from '../testing/dom';
import { ConfirmDialogComponent } from './confirm-dialog.component';

@Component({
  standalone: true,
  imports: [ConfirmDialogComponent],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-confirm-dialog heading="Send 3?" back="no" go="yes" goTestId="go" (confirmed)="count = count + 1">
      <p>All of it</p>
    </app-confirm-dialog>
  `,
})
class HostComponent {
  readonly dialog = viewChild.required(ConfirmDialogComponent);
  count = 0;
}

describe('ConfirmDialogComponent', () => {
  let host: HostComponent;
  let dom: Dom;
  const isOpen = () => (dom.one('dialog') as HTMLDialogElement).open;

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideTranslateService()] });
    const fixture = TestBed.createComponent(HostComponent);
    host = fixture.componentInstance;
    document.body.append(fixture.nativeElement as HTMLElement);
    dom = new Dom(fixture);
    host.dialog().open();
    dom.settle();
  });

  it('is named by its heading, shows what is confirmed, and has the focus on the button that confirms', () => {
    const id = dom.one('dialog').getAttribute('aria-labelledby') ?? '';
    expect([dom.texts(`#${id}`), dom.texts('dialog > p')]).toEqual([['Send 3?'], ['All of it']]);
    expect(document.activeElement).toBe(dom.one('[data-testid=go]'));
  });

  it('closes and confirms once', () => {
    dom.click('yes');
    expect([isOpen(), host.count]).toEqual([false, 1]);
  });

  it('closes and confirms nothing with the other button', () => {
    dom.click('no');
    expect([isOpen(), host.count]).toEqual([false, 0]);
  });
});
