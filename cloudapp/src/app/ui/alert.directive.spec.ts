import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { AlertDirective } from './alert.directive';

@Component({
  standalone: true,
  imports: [AlertDirective],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button type="button" [disabled]="isSaid()">送信</button>
    <input />
    <aside><textarea></textarea></aside>
    <div class="high"></div>
    @if (isSaid()) {
      <p appAlert [isQuiet]="isQuiet()">断られました</p>
    }
  `,
  styles: '.high { height: 300vh; }',
})
class PageComponent {
  readonly isSaid = signal(false);
  readonly isQuiet = signal(false);
}

describe('AlertDirective', () => {
  let fixture: ComponentFixture<PageComponent>;
  const one = (selector: string) => (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>(selector);
  const say = (): void => {
    fixture.componentInstance.isSaid.set(true);
    fixture.detectChanges();
    // The hooks after a rendering belong to the application.
    TestBed.flushEffects();
    fixture.detectChanges();
  };
  const isInView = (): boolean => {
    const { top = -1, bottom = -1 } = one('p')?.getBoundingClientRect() ?? {};
    return top >= 0 && bottom <= innerHeight;
  };

  beforeEach(() => {
    fixture = TestBed.createComponent(PageComponent);
    document.body.append(fixture.nativeElement as HTMLElement);
    fixture.autoDetectChanges();
    scrollTo(0, 0);
  });

  it('comes into view and is announced', () => {
    say();
    expect(one('p')?.getAttribute('role')).toBe('alert');
    expect(isInView()).toBeTrue();
  });

  it('takes the focus that was lost with the button', () => {
    one('button')?.focus();
    one('button')?.blur();
    say();
    expect(document.activeElement).toBe(one('p'));
  });

  it('leaves the focus to who is typing', () => {
    one('input')?.focus();
    say();
    expect(document.activeElement).toBe(one('input'));
    expect(isInView()).toBeTrue();
  });

  it('takes nobody away from the panel beside the list', () => {
    one('textarea')?.focus();
    say();
    expect([document.activeElement, isInView()]).toEqual([one('textarea'), false]);
  });

  it('moves nothing when it is quiet', () => {
    fixture.componentInstance.isQuiet.set(true);
    say();
    expect(isInView()).toBeFalse();
  });
});
