import { InjectionToken } from '@angular/core';
import { systemClock, type Clock } from '../../domain/dates';

export const LIST_CLOCK = new InjectionToken<Clock>('the time, as the work list takes it', {
  providedIn: 'root',
  factory: () => systemClock,
});

/** Milliseconds from one look of the list at the gateway to the next, while it is on screen. */
export const POLL_INTERVAL = new InjectionToken<number>('pause between two readings of the list', {
  providedIn: 'root',
  factory: () => 60_000,
});

/** Milliseconds until the gateway is asked again for a reading of NACSIS-ILL that outlasts its answer. */
export const READING_PAUSE = new InjectionToken<number>('pause while a long reading goes on', {
  providedIn: 'root',
  factory: () => 3_000,
});

/** Milliseconds: a list that is older lets the gateway ask NACSIS-ILL what changed. */
export const STALE_AFTER = new InjectionToken<number>('age of the list at which NACSIS-ILL is asked', {
  providedIn: 'root',
  factory: () => 120_000,
});
