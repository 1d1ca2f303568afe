import { DestroyRef, Directive, ElementRef, inject, input, signal } from '@angular/core';

/** CSS pixels in a millimetre. */
const PER_MM = 96 / 25.4;

/** Shrinks what is inside so far that `appFitWidth` mm fit into the width at hand; on paper nothing is shrunk. */
@Directive({
  selector: '[appFitWidth]',
  standalone: true,
  host: { '[style.--fit]': 'scale()' },
})
export class FitWidthDirective {
  readonly appFitWidth = input.required<number>();
  protected readonly scale = signal(1);

  constructor() {
    const element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    const observer = new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      // Two decimals below, so that rounding never makes it scroll sideways.
      if (width > 0) this.scale.set(Math.min(1, Math.floor((width / (this.appFitWidth() * PER_MM)) * 1000) / 1000));
    });
    observer.observe(element);
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
    });
  }
}
