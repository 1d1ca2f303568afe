import type { Change, ConfigurationError, ImportedRequest, ImportRun, RunCheck } from '#domain/api/imports';
import type { Outcome } from '#domain/imports/import';
import {
  changeLabel,
  doingLabel,
  durationOf,
  endingLabel,
  fieldLabel,
  writerLabel,
} from '#domain/imports/import-labels';
import type { Say } from './report-messages';

const JAPAN_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** One change to a request, made or, in a dry run, planned. */
export function changeInWords(say: Say, change: Change, isDry: boolean): string {
  const { field = '', from, to } = change;
  const writer = writerLabel(change);
  const params = { field: fieldInWords(say, field), from, to: writer === undefined ? to : say(writer) };
  return say(changeLabel(change, isDry), params);
}

function fieldInWords(say: Say, field: string): string {
  const label = fieldLabel(field);
  return label === undefined ? field : say(label);
}

/** Cause and remedy of a failure; both empty when there is none. */
export function failureInWords(
  say: Say,
  { failure }: Pick<ImportedRequest, 'failure'>,
): { readonly reason: string; readonly way: string } {
  if (failure === undefined) return { reason: '', way: '' };
  const { code, field, name } = failure;
  const about = [field === undefined ? undefined : fieldInWords(say, field), name].filter((each) => each !== undefined);
  const reason = say(`importFault.${code}`);
  return {
    reason: about.length === 0 ? reason : `${reason} (${about.join(', ')})`,
    way: say(`importFaultWay.${code}`),
  };
}

export function configurationInWords(say: Say, { library, code, name }: ConfigurationError): string {
  return `${library}${name === undefined ? '' : ` (${name})`}: ${say(`configurationFault.${code}`)}`;
}

/** Lists each NACSIS id that several requests in Alma have; returns one line when there is none. */
export function checkInWords(say: Say, { doubled, isComplete }: RunCheck): readonly string[] {
  if (doubled.length === 0) return [say(isComplete ? 'imports.check.none' : 'imports.check.nonePartly')];
  return doubled.map(({ library, side, id, almaRequestIds }) =>
    [library, say(`workList.side.${side}`), id].join(' ').concat(`: ${almaRequestIds.join(', ')}`),
  );
}

/** What an unfinished run is doing. */
export function doingInWords(say: Say, run: ImportRun): string {
  const { progress, waiting } = run;
  const wait = waiting && { reason: say(`runFault.${waiting.code}`), until: timeInWords(waiting.until) };
  return say(doingLabel(run), { ...progress, ...wait });
}

/** Says how far a run came; for an unfinished run, what it is doing. */
export function reachedInWords(say: Say, run: ImportRun): string {
  const isOver = run.state === 'failed' || run.state === 'cancelled';
  return isOver ? say(endingLabel(run), run.progress) : doingInWords(say, run);
}

/** `2026-11-24 10:00:01`, in Japan. Empty without a time. */
export function timeInWords(iso: string | undefined): string {
  return iso === undefined ? '' : JAPAN_TIME.format(new Date(iso));
}

/** Duration of a run from its start to its end, or to now while it runs. Empty before the start. */
export function durationInWords(
  say: Say,
  { startedAt, finishedAt }: Pick<ImportRun, 'startedAt' | 'finishedAt'>,
  now: Date,
): string {
  const duration = durationOf(startedAt, finishedAt ?? now.toISOString());
  return duration === undefined ? '' : say(duration.label, duration.params);
}

/** The outcome of a request, real or, in a dry run, expected; undefined: none yet. */
export function outcomeInWords(say: Say, outcome: Outcome | undefined, isDry: boolean): string {
  if (outcome === undefined) return say('imports.waiting');
  return say(isDry ? `imports.would.${outcome}` : `imports.did.${outcome}`);
}
