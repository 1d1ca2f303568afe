import { EntityPage } from './request/entity.page';
import { ROUTES } from './app.routes';
import { BatchPage } from './batch/batch.page';
import { BridgePage } from './bridge/bridge.page';
import { CreatePage } from './create/create.page';
import { DraftsPage } from './drafts/drafts.page';
import { HelpPage } from './help/help.page';
import { ImportReportPage } from './imports/import-report.page';
import { ImportsPage } from './imports/imports.page';
import { IntegrationPage } from './integration/integration.page';
import { ClosuresPage } from './members/closures.page';
import { MembersPage } from './members/members.page';
import { OwnRecordPage } from './members/own-record.page';
import { PrintPage } from './print/print.page';
import { RequestPage } from './request/request.page';
import { ConfigPage } from './settings/config.page';
import { TariffsPage } from './settings/tariffs.page';
import { UserPage } from './settings/user.page';
import { StartPage } from './start/start.page';

describe('the routes', () => {
  it('lead each to its page, and everything else to the start', async () => {
    const found = await Promise.all(
      ROUTES.map(async ({ path, component, loadComponent, redirectTo }) => [
        path,
        component ?? (await loadComponent?.()) ?? redirectTo,
      ]),
    );
    expect(Object.fromEntries(found)).toEqual({
      '': StartPage,
      'create/new': CreatePage,
      'create/bib/:mmsId': CreatePage,
      'create/request/:userId/:requestId': CreatePage,
      'entity/:type/:holder/:requestId': EntityPage,
      'requests/:id': 'requests/borrower/:id',
      'requests/:side/:id': RequestPage,
      'batch': BatchPage,
      'print/:slip': PrintPage,
      'drafts': DraftsPage,
      'members': MembersPage,
      'members/own': OwnRecordPage,
      'members/closures': ClosuresPage,
      'bridge': BridgePage,
      'imports': ImportsPage,
      'imports/:runId': ImportReportPage,
      'settings/integration': IntegrationPage,
      'settings': UserPage,
      'settings/tariffs': TariffsPage,
      'help': HelpPage,
      'config': ConfigPage,
      '**': '',
    });
    expect(ROUTES.at(-1)?.path).toBe('**');
  });
});
