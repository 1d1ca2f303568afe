import { DestroyRef, Directive, ElementRef, inject, input, signal } from '@angular/core';

/** CSS pixels per millimetre. */
const PER_MM = 96 / 25.4;

/** Scales the content so that `appFitWidth` mm fit into the available width; never applied on paper. */
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
      // Rounds down to three decimals, so that rounding never causes horizontal scrolling.
      if (width > 0) this.scale.set(Math.min(1, Math.floor((width / (this.appFitWidth() * PER_MM)) * 1000) / 1000));
    });
    observer.observe(element);
    inject(DestroyRef).onDestroy(() => {
      observer.disconnect();
    });
  }
}
