/** A point in time (ISO 8601) as the clocks of the time zone show it, in the words of the language; in the browser's own zone where that one is not known to it. */
export function timeIn(at: string, timeZone: string, language: string): string {
  const date = new Date(at);
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(language, { ...style, timeZone }).format(date);
  } catch {
    return new Intl.DateTimeFormat(undefined, style).format(date);
  }
}
