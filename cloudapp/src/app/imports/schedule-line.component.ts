import { DatePipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TranslatePipe } from '@ngx-translate/core';
import type { Library } from '../../domain/api/requests';
import type { Profile } from '../../domain/api/profile';
import { GatewayClient } from '../core/gateway.client';
import { remoteQuery } from '../core/remote';

/** The schedule of a library's import, with the next run. */
@Component({
  selector: 'app-schedule-line',
  standalone: true,
  imports: [DatePipe, TranslatePipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (isNamed()) {
      <strong>{{ library().name }}:</strong>
    }
    @if (words(); as schedule) {
      {{ schedule.word | translate: schedule.params }}
      @if (profile()?.nextRunAt; as next) {
        ·
        <time [attr.datetime]="next" [title]="next | date: 'yyyy-MM-dd HH:mm:ss'">{{
          'imports.nextRun' | translate: { at: next | date: 'MM-dd HH:mm' }
        }}</time>
      }
    } @else if (error()) {
      {{ 'imports.noSchedule' | translate }}
    }
  `,
  styles: ':host { display: block; min-height: 1.5rem; }',
})
export class ScheduleLineComponent {
  readonly library = input.required<Library>();
  /** True to show the library's name, when the page lists several. */
  readonly isNamed = input(false);
  private readonly gateway = inject(GatewayClient);
  private readonly code = computed(() => this.library().code);
  private readonly query = remoteQuery(this.code, (code) => this.gateway.profile(code));
  protected readonly profile = this.query.value;
  protected readonly error = this.query.error;
  protected readonly words = computed(() => {
    const profile = this.profile();
    return profile === undefined ? undefined : wordsOf(profile.integration.schedule);
  });
}

function wordsOf({ every, hours, at, timeZone }: Profile['integration']['schedule']) {
  return { word: `imports.schedule.${every}`, params: { hours, at, minute: at.slice(3), timeZone } };
}
