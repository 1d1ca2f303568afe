/**
 * Formats a time (ISO 8601) in the time zone and language; in the browser's own zone when the time zone is unknown to
 * it.
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
