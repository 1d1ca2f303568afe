import { Directive, output } from '@angular/core';

/** Key code that Chrome and Safari report for every key of a kana conversion. */
const CONVERTING = 229;
/**
 * Milliseconds after the end of a conversion in which a key counts as the key that ended it. Safari ends the conversion
 * first and then reports that key as if it were typed. No person types two keys this quickly.
 */
const SAME_KEY = 30;

/**
 * The only keyboard listener of the app. Emits Enter, Escape and all other keys (`appKey`), also from fields inside,
 * but never keys that belong to a kana conversion. Emits Enter and Escape only without Shift, Ctrl, Alt or Meta.
 */
@Directive({
  selector: '[appEnter], [appEscape], [appKey]',
  standalone: true,
  host: { '(keydown)': 'press($event)', '(compositionend)': 'endedAt = $event.timeStamp' },
})
export class TypedKeysDirective {
  readonly appEnter = output<KeyboardEvent>();
  readonly appEscape = output<KeyboardEvent>();
  /** Every key, including Enter and Escape. */
  readonly appKey = output<KeyboardEvent>();
  protected endedAt = -Infinity;

  protected press(event: KeyboardEvent): void {
    if (this.isConverting(event)) return;
    this.appKey.emit(event);
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter') this.appEnter.emit(event);
    if (event.key === 'Escape') this.appEscape.emit(event);
  }

  private isConverting(event: KeyboardEvent): boolean {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else reports the conversion in Safari
    if (event.isComposing || event.keyCode === CONVERTING) return true;
    const hasEndedNow = event.timeStamp - this.endedAt < SAME_KEY;
    this.endedAt = -Infinity;
    return hasEndedNow;
  }
}
