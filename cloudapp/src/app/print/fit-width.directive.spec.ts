import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { FitWidthDirective } from './fit-width.directive';

/** 100 mm are 378 CSS pixels. */
@Component({
  standalone: true,
  imports: [FitWidthDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: '<div class="outer"><div class="inner" [appFitWidth]="100"></div></div>',
  styles: '.outer { width: 189px; } :host(.wide) .outer { width: 800px; }',
  host: { '[class.wide]': 'isWide()' },
})
class HostComponent {
  readonly isWide = signal(false);
}

describe('FitWidthDirective', () => {
  let fixture: ComponentFixture<HostComponent>;

  beforeEach(() => {
    fixture = TestBed.createComponent(HostComponent);
    document.body.append(fixture.nativeElement as HTMLElement);
    fixture.detectChanges();
  });

  /** Waits until the browser has measured. */
  async function scale(until: (scale: number) => boolean): Promise<number> {
    const inner = (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('.inner')!;
    for (let round = 0; round < 50; round += 1) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      fixture.detectChanges();
      if (until(Number(inner.style.getPropertyValue('--fit')))) break;
    }
    return Number(inner.style.getPropertyValue('--fit'));
  }

  it('shrinks what is too wide, a hair more rather than less, and never enlarges', async () => {
    const narrow = await scale((now) => now < 1);
    expect([narrow <= 189 / (9600 / 25.4), narrow > 0.49]).toEqual([true, true]);
    fixture.componentInstance.isWide.set(true);
    fixture.detectChanges();
    expect(await scale((now) => now === 1)).toBe(1);
  });
});
