import type { Holding } from '#domain/catalog/catalog';
import { HOLDING_NAMES as NAMES, NO_LOCATION } from './catalog-names';
import { CatpError } from './errors';
import { present } from './present';
import { groups, text, texts } from './record';
import type { CatpGroup, CatpRecord } from './types';

/**
 * The holding of a BHOLD or SHOLD record, without the holder's member record. For a serial that is still received, the
 * volume range ends in `+`, as NACSIS-CAT shows it. Throws `bad-record` without id, NCID or member.
 */
export function holdingFrom(record: CatpRecord): Holding {
  const [id, ncid, memberId] = [NAMES.id, NAMES.ncid, NAMES.memberId].map((name) => text(record, name) ?? '');
  if (!id || !ncid || !memberId) throw new CatpError('bad-record', 'a holding has no id, no NCID or no member');
  const location = text(record, NAMES.location);
  return {
    id,
    ncid,
    memberId,
    volumes: groups(record, NAMES.volumes.group).map(volumeFrom),
    ...present({
      memberName: text(record, NAMES.memberName),
      location: location === NO_LOCATION ? undefined : location,
      years: text(record, NAMES.years),
      volumeRange: volumeRangeOf(record),
      callNumber: text(record, NAMES.callNumber),
    }),
  };
}

function volumeFrom(group: CatpGroup): Holding['volumes'][number] {
  const { volume, callNumber, registrationNumber } = NAMES.volumes;
  return present({
    volume: group[volume],
    callNumber: group[callNumber],
    registrationNumber: group[registrationNumber],
  });
}

function volumeRangeOf(record: CatpRecord): string {
  const range = texts(record, NAMES.volumeRange).join(',');
  return range !== '' && text(record, NAMES.continues) === '+' ? `${range}+` : range;
}
