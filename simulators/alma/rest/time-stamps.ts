/** Creation time in Alma's form: a date such as `2025-08-20Z` and an ISO time. `now` is in milliseconds. */
export function createdAt(now: number): { readonly created_date: string; readonly created_time: string } {
  const time = new Date(now).toISOString();
  return { created_date: dateOf(time), created_time: time };
}

/** Time of the last change in the same form. */
export function modifiedAt(now: number): { readonly last_modified_date: string; readonly last_modified_time: string } {
  const time = new Date(now).toISOString();
  return { last_modified_date: dateOf(time), last_modified_time: time };
}

function dateOf(time: string): string {
  return `${time.slice(0, 10)}Z`;
}
