import type { ImportedRequest, ImportReport } from '#domain/api/imports';
import type { Store } from '../store/open-store';
import { specStore } from '../testing/spec-stores';
import { READER, specApp, type SpecApp } from '../testing/spec-app';
import { anItem } from '../testing/prepared-runs';

const HOME = '81SIM_INST';
const TOTALS = {
  processed: 5,
  borrowing: { processed: 3, succeeded: 2, failed: 1 },
  lending: { processed: 2, succeeded: 2, failed: 0 },
  created: 1,
  updated: 0,
  statusChanged: 1,
  unchanged: 2,
  failed: 1,
};
const RUN = {
  state: 'completed',
  startedBy: 'staff001',
  requestedAt: '2026-11-23T15:30:00.000Z',
  startedAt: '2026-11-23T15:30:01.000Z',
  finishedAt: '2026-11-23T16:31:31.000Z',
  totals: TOTALS,
} as const;
const PATRON = 'patron-0017';
const SECRETIVE: readonly ImportedRequest[] = [
  anItem({ id: 'LA1', outcome: 'created', changes: [{ what: 'collective-patron', from: PATRON, to: 'ILL' }] }),
  anItem({
    id: 'LA2',
    outcome: 'failed',
    failure: {
      code: 'requester-unknown',
      name: PATRON,
      detail: `no ${PATRON}`,
      almaCode: '401890',
      almaMessage: `User with identifier ${PATRON} was not found`,
    },
  }),
  anItem({
    id: 'LA3',
    outcome: 'failed',
    failure: { code: 'alma-refused', almaCode: '401768', almaMessage: `Patron ${PATRON} is not affiliated` },
  }),
];

describe('the report of a run as a file', () => {
  let store: Store;
  let spec: SpecApp;

  beforeAll(async () => {
    store = await specStore();
  });
  afterAll(() => store.close());
  beforeEach(async () => {
    spec = await specApp(store);
  });
  afterEach(() => spec.app.close());

  const file = async (path: string, items: readonly ImportedRequest[], changes = {}) => {
    const runId = spec.imports.add(HOME, { ...RUN, ...changes }, items);
    const url = `/api/v1/imports/${runId}/${path}`;
    return spec.app.inject({ url, headers: { authorization: READER } });
  };
  const csv = async (items: readonly ImportedRequest[], changes = {}, query = '') => {
    const { rawPayload } = await file(`report.csv${query}`, items, changes);
    return rawPayload.toString('utf8');
  };

  describe('as CSV', () => {
    it('is UTF-8 with BOM and CRLF, under a name that tells run and day', async () => {
      const { headers, rawPayload } = await file('report.csv', [anItem()]);
      expect(headers['content-type']).toBe('text/csv; charset=utf-8');
      expect(headers['content-disposition']).toBe('attachment; filename="nacsis-import-run-1-20261124.csv"');
      expect([...rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const lines = rawPayload.toString('utf8').split('\r\n');
      expect(lines.at(-1)).toBe('');
      expect(lines.join('')).not.toMatch(/[\r\n]/);
    });

    it('begins with the run: when, how long, profile, totals', async () => {
      const [top = '', rows = ''] = (await csv([anItem()], {}, '?lang=en')).slice(1).split('\r\n\r\n');
      expect(top.split('\r\n')).toEqual([
        'Job,Import Resource Sharing Requests',
        'Run,run-1',
        'Integration profile,RES_SHARE 相互利用係',
        'Started by,"Manual, staff001"',
        'Scope,Changes only',
        'State,Completed with failures',
        'Started (Japan time),2026-11-24 00:30:01',
        'Finished (Japan time),2026-11-24 01:31:31',
        'Duration,1 h 1 min',
        'Total records processed,5',
        'Total borrowing requests processed,3',
        'Borrowing requests succeeded,2',
        'Borrowing requests failed,1',
        'Total lending requests processed,2',
        'Lending requests succeeded,2',
        'Lending requests failed,0',
        'Created,1',
        'Status changed,1',
        'Updated,0',
        'Unchanged,2',
        'Failed,1',
      ]);
      expect(rows.split('\r\n')).toEqual([
        "Library,Side,NACSIS request id,Type,Title,Outcome,What was done,Failure code,Reason,Way out,Alma's code,Alma's message",
        'RES_SHARE,Borrowing,LA0012345671,Copy,心理学研究,Unchanged,,,,,,',
        '',
      ]);
    });

    it('says in Japanese, unless told otherwise, what was done and what to do', async () => {
      const text = await csv([
        anItem({
          side: 'lender',
          kind: 'loan',
          outcome: 'status-changed',
          changes: [
            { what: 'status', from: '処理中', to: '発送' },
            { what: 'cost', to: '450' },
          ],
        }),
        anItem({
          id: '',
          outcome: 'failed',
          failure: { code: 'alma-refused', almaCode: '401652', almaMessage: 'General Error', field: 'title' },
        }),
        { library: 'RES_SHARE', side: 'borrower', id: 'LA9', changes: [] },
      ]);
      const rows = text.split('\r\n\r\n')[1]?.split('\r\n') ?? [];
      expect(rows.slice(1)).toEqual([
        'RES_SHARE,受付,LA0012345671,貸借,心理学研究,状態変更,状態: 処理中 → 発送; 送料 450 円を Alma に登録しました,,,,,',
        'RES_SHARE,依頼,,複写,心理学研究,失敗,,alma-refused,Alma が受け付けませんでした (書名・論文名),Alma のメッセージに従って直し、再試行してください。,401652,General Error',
        'RES_SHARE,依頼,LA9,,,処理待ち,,,,,,',
        '',
      ]);
    });

    it('says how far a run came that did not finish, what stopped it and what is wrong in the settings', async () => {
      const text = await csv(
        [anItem({ outcome: 'status-changed', changes: [{ what: 'kept', field: 'volume', to: '12(3)' }] })],
        {
          state: 'failed',
          dryRun: true,
          resumed: 2,
          progress: { read: 9, due: 7, done: 3 },
          failure: { code: 'alma-daily-threshold' },
          configuration: [{ library: 'RES_SHARE', code: 'partner-missing', name: 'NACSIS' }],
        },
        '?lang=en',
      );
      for (const line of [
        'Job,Import Resource Sharing Requests',
        'Dry run,Nothing has been changed in Alma. This is what an import would do.',
        'State,Stopped by an error',
        'Resumed,Interruptions: 2. The import went on where it had stopped; nothing was done twice.',
        'Why it did not finish,"The daily limit of Alma\'s API is reached. If this happens often, let the schedule run less often."',
        'Progress of the import,Requests compared with Alma: 3 of 7.',
        'The integration profile is wrong,"RES_SHARE (NACSIS): The partner does not exist in Alma, so no lending request can be made. Add it to Alma or correct the integration profile."',
        'Total records to process,5',
        'Status would change,1',
        "RES_SHARE,Borrowing,LA0012345671,Copy,心理学研究,Status would change,Volume: Alma's API cannot write it; the app would keep NACSIS-ILL's value “12(3)”,,,,,",
      ])
        expect(text).toContain(`${line}\r\n`);
    });

    it('says what a run is at that goes on', async () => {
      const waiting = { code: 'nacsis-unavailable', until: '2026-11-23T15:40:00.000Z' } as const;
      const text = await csv([], { state: 'running', waiting });
      expect(text).toContain(
        '取込の進み具合,2026-11-24 00:40:00 まで待機しています：NACSIS-ILL が応答しません。稼働状況を確かめてください。\r\n',
      );
    });

    it('is no program for a spreadsheet', async () => {
      const titles = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', '"=1"', 'a,=1', 'a\n=1', 'a\r=1'];
      const text = await csv(titles.map((title) => anItem({ title })));
      const rows = text.split('\r\n\r\n')[1]?.split('\r\n').slice(1, -1) ?? [];
      const cells = rows.map((row) => /複写,(.*),変更なし/s.exec(row)?.[1]);
      expect(cells).toEqual([
        ...["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "'＝1", '"""=1"""', '"a,=1"', '"a\n=1"', '"a\r=1"'],
      ]);
    });

    it('is none behind blanks and what is not seen, either', async () => {
      const titles = [' =1+1', '\u3000+1', '\ufeff@x', '\u200b-1', '\n=1', ' \u00a0＝1', ' a=1', '1-2'];
      const text = await csv(titles.map((title) => anItem({ title })));
      const rows = text.split('\r\n\r\n')[1]?.split('\r\n').slice(1, -1) ?? [];
      expect(rows.map((row) => /複写,(.*),変更なし/s.exec(row)?.[1])).toEqual([
        ...["' =1+1", "'\u3000+1", "'\ufeff@x", "'\u200b-1", '"\'\n=1"', "' \u00a0＝1", ' a=1', '1-2'],
      ]);
    });

    it('knows two languages', async () => {
      expect((await file('report.csv?lang=fr', [])).statusCode).toBe(400);
    });
  });

  describe('as JSON', () => {
    it('has the run, every failed request and every request', async () => {
      const items = Array.from({ length: 250 }, (_, at) =>
        anItem({
          id: `LA${String(at)}`,
          ...(at % 2 === 0 ? { outcome: 'failed', failure: { code: 'not-found' } } : {}),
        }),
      );
      const { headers, payload } = await file('report.json', items);
      expect(headers['content-disposition']).toBe('attachment; filename="nacsis-import-run-1-20261124.json"');
      expect(headers['content-type']).toMatch(/^application\/json/);
      const { failures, requests, ...run } = JSON.parse(payload) as ImportReport & { requests: ImportedRequest[] };
      expect(run as unknown).toEqual(await spec.imports.run(HOME, 'run-1'));
      expect(requests).toEqual(items);
      expect(failures.length).toBe(125);
    });

    it('is whole without a request', async () => {
      const { payload } = await file('report.json', []);
      expect(JSON.parse(payload)).toEqual(jasmine.objectContaining({ failures: [], requests: [] }));
    });
  });

  for (const path of ['report.csv', 'report.json'])
    it(`names no patron in ${path}`, async () => {
      const { payload } = await file(path, SECRETIVE);
      for (const id of ['LA1', 'LA2', 'LA3', '401890']) expect(payload).toContain(id);
      expect(payload).not.toContain(PATRON);
    });

  it('breaks off where the store does in the middle, and takes nobody for whole', async () => {
    const url = await spec.app.listen({ host: '127.0.0.1', port: 0 });
    const runId = spec.imports.add(HOME, RUN, [anItem()]);
    spec.imports.faultAtEnd = new Error('the store is away');
    for (const path of ['report.csv', 'report.json']) {
      const whole = fetch(`${url}/api/v1/imports/${runId}/${path}`, { headers: { authorization: READER } }).then(
        (response) => response.text(),
      );
      await expectAsync(whole).toBeRejected();
    }
  });
});
