import type { Integration } from '#domain/api-profile';

/** Placeholder of the engine's branch. */
export function cronOf(schedule: Integration['schedule']): string | undefined {
  return schedule.every === 'off' ? undefined : '0 6 * * *';
}
