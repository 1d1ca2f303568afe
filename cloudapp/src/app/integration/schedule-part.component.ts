import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslatePipe, TranslateService } from '@ngx-translate/core';
import { FREQUENCIES, HOUR_STEPS, type Frequency } from '../../domain/imports/import';
import { atMinute, minuteOf } from './integration-edit';
import { IntegrationStore } from './integration.store';

/** Suggested time zones; any IANA name can be typed. */
const TIME_ZONES = ['Asia/Tokyo', 'Asia/Seoul', 'Asia/Shanghai', 'Asia/Taipei', 'Asia/Singapore', 'UTC'] as const;

/** The import's schedule and its next run. */
@Component({
  selector: 'app-schedule-part',
  standalone: true,
  imports: [TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './schedule-part.component.html',
  styles: ':host { display: block; } .short { max-width: 12rem; }',
})
export class SchedulePartComponent {
  protected readonly store = inject(IntegrationStore);
  private readonly translate = inject(TranslateService);
  private readonly language = toSignal(this.translate.onLangChange);
  protected readonly frequencies = FREQUENCIES;
  protected readonly steps = HOUR_STEPS;
  protected readonly timeZones = TIME_ZONES;
  protected readonly minute = computed(() => minuteOf(this.store.edit().at));
  /** Next run of the stored schedule, in its time zone. */
  protected readonly next = computed(() => {
    this.language();
    const profile = this.store.profile();
    if (profile?.nextRunAt === undefined) return undefined;
    const { timeZone } = profile.integration.schedule;
    return { at: timeIn(profile.nextRunAt, timeZone, this.translate.currentLang), timeZone };
  });

  protected chooseFrequency(event: Event): void {
    this.store.change({ every: this.textOf(event) as Frequency });
  }

  protected typeMinute(event: Event): void {
    this.store.change({ at: atMinute(this.store.edit().at, this.textOf(event).normalize('NFKC')) });
  }

  protected textOf(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }
}

/**
 * Formats a time (ISO 8601) in the language and the time zone, or in the browser's own zone when the browser does not
 * know the time zone.
 */
export function timeIn(at: string, timeZone: string, language: string): string {
  const date = new Date(at);
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(language, { ...style, timeZone }).format(date);
  } catch {
    return new Intl.DateTimeFormat(undefined, style).format(date);
  }
}
