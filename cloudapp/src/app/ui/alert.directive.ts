import { DOCUMENT } from '@angular/common';
import { afterNextRender, booleanAttribute, Directive, ElementRef, inject, input } from '@angular/core';

/**
 * A message that must not be missed. It is announced and comes into view when it appears. It takes the focus when the
 * button that led to it has disappeared or is disabled, so that the keyboard goes on from here. Who works in a dialog, or
 * in the panel beside the list, is not taken away from there.
 */
@Directive({ selector: '[appAlert]', standalone: true, host: { role: 'alert', tabindex: '-1' } })
export class AlertDirective {
  /** True for an error that the user did not cause. It is announced, and the page does not scroll to it. */
  readonly isQuiet = input(false, { transform: booleanAttribute });

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const document = inject(DOCUMENT);
    afterNextRender(() => {
      const active = document.activeElement ?? document.body;
      const workplace = active.closest('dialog, aside');
      if (this.isQuiet() || workplace?.contains(element) === false) return;
      if (active === document.body) element.focus({ preventScroll: true });
      element.scrollIntoView({ block: 'nearest' });
    });
  }
}
