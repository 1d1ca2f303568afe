import type { ImportRun } from '#domain/api/imports';
import type { Integration } from '#domain/api/profile';
import type { AlmaPage } from './alma-page';
import type { AlmaSim } from './alma-sim';
import { INTEGRATION, type ImportApi } from './import-api';
import type { NacsisSim } from './nacsis-sim';
import { RequestPanel } from './request-panel';

/** One session in the simulated Alma, on a stack that has never run an import. */
export interface ImportSitting {
  readonly alma: AlmaPage;
  readonly almaSim: AlmaSim;
  readonly nacsis: NacsisSim;
  readonly api: ImportApi;
  readonly lang: 'ja' | 'en';
  readonly isFull: boolean;
  /** Takes the screenshot of a step. */
  readonly shoot: (step: string) => Promise<void>;
}

/** Partner that is inactive in the simulated Alma, so that lending requests fail. */
const INACTIVE_PARTNER = 'MAIL002';
/** New requests per side, missing in Alma. */
const NEW = 12;
/**
 * Delay in milliseconds, long enough to take a screenshot during the run and shorter than every timeout of the gateway.
 */
const SLOW = 2_500;
/** Number of files, each searched once in a run. */
const FILES = 4;
/** Timeout in milliseconds for reading and creating on a busy machine. */
const PATIENT = { timeout: 60_000 } as const;
const PATRON_CREATES = { method: 'POST', path: '/almaws/v1/users' } as const;

/**
 * Takes screenshots of the import: profile and status map, dry run, a run in progress, its report, and the import data
 * of a request.
 */
export async function shootImports(sitting: ImportSitting): Promise<void> {
  const { alma, nacsis, lang, isFull } = sitting;
  const [changed = ''] = await nacsis.seedIn(
    ...(['borrower', 'lender'] as const).flatMap((side) =>
      Array.from({ length: NEW }, () => ({ side, kind: 'copy', state: '未処理' }) as const),
    ),
  );
  await alma.search('該当なし', { lang });
  if (isFull) await alma.goFullScreen();
  await shootEmpty(sitting);
  await shootProfile(sitting);
  await shootDryRun(sitting);
  await shootRun(sitting);
  await shootReport(sitting);
  await shootPanel(sitting, changed);
}

async function shootEmpty({ alma, shoot }: ImportSitting): Promise<void> {
  await alma.goInApp('/imports');
  await alma.app.getByTestId('no-runs').waitFor();
  await shoot('23-imports-empty');
}

async function shootProfile({ alma, shoot }: ImportSitting): Promise<void> {
  await alma.goInApp('/settings/integration');
  await alma.app.getByTestId('alma-check').locator('.note').nth(1).waitFor();
  await alma.app.getByTestId('status-row').first().waitFor();
  await shoot('24-integration');
  await alma.app.locator('app-requester-part').evaluate((part) => part.scrollIntoView());
  await shoot('25-integration-requester');
  await alma.app.locator('app-status-map').evaluate((map) => map.scrollIntoView());
  await shoot('26-status-map');
}

async function shootDryRun({ alma, shoot }: ImportSitting): Promise<void> {
  await alma.app.getByTestId('dry-run').click();
  await alma.app.getByTestId('dry-banner').waitFor();
  await alma.app.getByTestId('run-state').getByText('✓').waitFor();
  await alma.app.getByTestId('imported').first().waitFor();
  await shoot('27-dry-run');
}

/**
 * Takes screenshots of a run in which Alma refuses one borrowing request and all lending requests fail because of their
 * partner.
 */
async function shootRun({ alma, almaSim, nacsis, api, shoot }: ImportSitting): Promise<void> {
  const partner: Integration['partner'] = { code: INACTIVE_PARTNER, perMember: false };
  await api.saveProfile({ ...INTEGRATION, partner });
  await almaSim.addFault({ match: PATRON_CREATES, do: 'status', code: 400, errorCode: '401652', times: 1 });
  await almaSim.addFault({ match: PATRON_CREATES, do: 'delay', ms: SLOW });
  await nacsis.addFault({ match: { method: 'SEARCH' }, do: 'delay', ms: SLOW, times: FILES });
  await alma.goInApp('/imports');
  await alma.app.getByTestId('import-start').click();
  const run = await newest(api);
  await api.until(run.runId, ({ progress }) => progress.read > 0);
  const doing = alma.app.getByTestId('running').getByTestId('run-doing');
  await doing.getByText(/(：|: )[1-9]\d*( 件)?\s*$/).waitFor(PATIENT);
  await shoot('28-import-reading');
  await nacsis.clearFaults();
  await doing.getByText(/(：|: )[1-9]\d* (\/|of) /).waitFor(PATIENT);
  await shoot('29-import-running');
  await almaSim.clearFaults();
  await api.ended(run.runId);
}

async function shootReport({ alma, api, shoot }: ImportSitting): Promise<void> {
  await alma.goInApp('/imports');
  await alma.app.getByTestId('run-history').locator('li').nth(1).waitFor();
  await shoot('30-imports');
  const { runId } = await newest(api);
  await alma.goInApp(`/imports/${runId}`);
  await alma.app.getByTestId('failure').first().waitFor();
  await shoot('31-import-report');
  await alma.app.locator('[data-outcome=created]').click();
  await alma.app.getByTestId('imported').first().waitFor();
  await alma.app.locator('app-imported-list').evaluate((list) => list.scrollIntoView());
  await shoot('32-import-requests');
}

/**
 * Takes screenshots of a request after NACSIS-ILL has changed data that Alma already has. Alma's API can change neither
 * the values nor the status.
 */
async function shootPanel({ alma, nacsis, api, shoot }: ImportSitting, id: string): Promise<void> {
  await api.saveProfile();
  await nacsis.perform(String((await nacsis.record(id))['AMLID']), 'RECEIVE', id);
  await nacsis.deliver(id, { ARTCL: '髙田平野の民家と𠮷野杉', PAGE: '45-50' });
  await api.runThrough({ full: true });
  await new RequestPanel(alma).open('borrower', id);
  await alma.app.getByTestId('alma-wanted').waitFor();
  await alma.app.getByTestId('alma-kept').locator('summary').click();
  await shoot('33-panel-import');
}

async function newest(api: ImportApi): Promise<ImportRun> {
  const [run] = (await api.runs()).items;
  if (run === undefined) throw new Error('there is no import');
  return run;
}
