import { historyIn, textIn, type WireRecord } from '../../../test/catp-client/catp-client';
import type { RequestView } from '#domain/api/requests';
import type { NacsisSim } from '../nacsis-sim';

/** How often a library executed each command, by wire name. */
export type Done = Readonly<Record<string, number>>;

/** Wire names of the fields in the gateway's view. */
const SHOWN: Readonly<Record<string, string>> = {
  volume: 'VLNO',
  pages: 'PAGE',
  year: 'YEAR',
  bibId: 'BIBID',
  applicant: 'CLNT',
  total: 'SUM',
  payment: 'ACCT',
  orderDate: 'ODATE',
  acceptDate: 'ADATE',
  shipDate: 'SDATE',
  arrivalDate: 'RDATE',
  returnDate: 'BDATE',
  dueDate: 'DDATE',
  borrowerId: 'OMLID',
  lenderId: 'AMLID',
  updatedOn: 'RNWDT',
};

/** The data in NACSIS-ILL itself, read without the gateway. */
export class NacsisTruth {
  constructor(
    readonly sim: NacsisSim,
    readonly memberId: string,
  ) {}

  async record(id: string): Promise<WireRecord> {
    return (await this.sim.record(id)) as WireRecord;
  }

  /** Commands of the library on this request after the first `after` history entries. */
  async doneOn(id: string, after: number): Promise<Done> {
    const entries = historyIn(await this.record(id)).slice(after);
    return counted(entries.filter(({ SENDMLID }) => SENDMLID === this.memberId).map(({ SENDCMND = '' }) => SENDCMND));
  }

  /** The library's own requests with this volume, by which tests mark their orders. */
  async withVolume(volume: string): Promise<readonly WireRecord[]> {
    const records = (await this.sim.borrowed()) as readonly WireRecord[];
    return records.filter((record) => textIn(record, 'VLNO') === volume);
  }

  /** Differences between the gateway's view and NACSIS-ILL, one line each. */
  async differences(view: RequestView): Promise<readonly string[]> {
    const record = await this.record(view.id);
    const shown = Object.entries(SHOWN).map(([name, wire]) => [
      name,
      view.fields[name as 'volume'] ?? '',
      wire === 'BIBID' ? bibliographyOf(record) : textIn(record, wire),
    ]);
    const pairs = [
      ...shown,
      ['status', view.externalStatus, textIn(record, 'STAT')],
      [
        'history',
        written(view.history.map(({ command, memberId, comment }) => [command, memberId, comment])),
        written(historyIn(record).map(({ SENDCMND, SENDMLID, SENDCMNT }) => [SENDCMND, SENDMLID, SENDCMNT])),
      ],
    ];
    return pairs.flatMap(([name = '', ours, theirs]) =>
      ours === theirs ? [] : [`${name} is shown as ${String(ours)}, NACSIS-ILL has ${String(theirs)}`],
    );
  }
}

function bibliographyOf(record: WireRecord): string {
  const [first] = (record['BIBG'] ?? []) as readonly Record<string, string>[];
  return first?.['BIBID'] ?? '';
}

function written(entries: readonly (readonly (string | undefined)[])[]): string {
  return entries
    .map((parts) =>
      parts
        .map((part) => part ?? '')
        .join(' ')
        .trim(),
    )
    .join(' / ');
}

export function counted(names: readonly string[]): Done {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
