import { NEW_LOOK_AFTER, readLooks, sinceOf } from './look';

const NOW = new Date('2026-11-24T01:00:00.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

describe('sinceOf', () => {
  it('is nothing for somebody who has never looked', () => {
    expect(sinceOf(undefined, NOW)).toBeUndefined();
  });

  it('is the last time that the list was on screen', () => {
    const at = minutesAgo(NEW_LOOK_AFTER / 60_000 + 1);
    expect(sinceOf({ since: minutesAgo(3000), at }, NOW)).toBe(at);
  });

  it('stays while the same look goes on', () => {
    const since = minutesAgo(3000);
    expect(sinceOf({ since, at: minutesAgo(NEW_LOOK_AFTER / 60_000) }, NOW)).toBe(since);
  });
});

describe('readLooks', () => {
  it('reads what was kept, and passes over what is no look', () => {
    const look = { since: minutesAgo(9), at: minutesAgo(2) };
    const raw = { MAIN: look, A: null, B: { since: 'x', at: look.at }, C: { since: look.since }, D: 7, E: [] };
    expect(readLooks(raw)).toEqual({ MAIN: look });
    for (const nothing of [undefined, null, 'x', 7, [look]]) expect(readLooks(nothing)).toEqual({});
  });

  it('keeps no more than the settings can hold', () => {
    const look = { since: minutesAgo(9), at: minutesAgo(2) };
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`L${String(at)}`, look]));
    expect(Object.keys(readLooks(many)).length).toBe(50);
  });
});
