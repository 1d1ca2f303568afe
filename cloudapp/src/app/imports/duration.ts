export interface Duration {
  /** i18n key. */
  readonly word: 'imports.duration.seconds' | 'imports.duration.minutes' | 'imports.duration.hours';
  readonly params: { readonly hours: number; readonly minutes: number; readonly seconds: number };
}

/** How long something took, in its two largest units; ISO 8601. undefined where one of them is no time. */
export function durationOf(from: string | undefined, to: string | undefined): Duration | undefined {
  const passed = Date.parse(to ?? '') - Date.parse(from ?? '');
  if (!Number.isFinite(passed)) return undefined;
  const total = Math.max(0, Math.round(passed / 1000));
  const params = { hours: Math.floor(total / 3600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
  if (params.hours > 0) return { word: 'imports.duration.hours', params };
  return { word: params.minutes > 0 ? 'imports.duration.minutes' : 'imports.duration.seconds', params };
}
