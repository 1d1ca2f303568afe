import { InjectionToken } from '@angular/core';
import { systemClock, type Clock } from '../../domain/ill/dates';

export const LIST_CLOCK = new InjectionToken<Clock>('the time, as the work list takes it', {
  providedIn: 'root',
  factory: () => systemClock,
});

/** Milliseconds between polls of the gateway while the list is on screen. */
export const POLL_INTERVAL = new InjectionToken<number>('pause between two readings of the list', {
  providedIn: 'root',
  factory: () => 60_000,
});

/** Milliseconds until the gateway is asked again about a reading that continues after its response. */
export const READING_PAUSE = new InjectionToken<number>('pause while a long reading goes on', {
  providedIn: 'root',
  factory: () => 3_000,
});

/** Age in milliseconds from which the gateway is asked to read changes from NACSIS-ILL. */
export const STALE_AFTER = new InjectionToken<number>('age of the list at which NACSIS-ILL is asked', {
  providedIn: 'root',
  factory: () => 120_000,
});
