import type { Routes } from '@angular/router';
import { leavePage } from './core/leave-page.guard';
import { StartPage } from './start/start.page';

const createPage = () => import('./create/create.page').then(({ CreatePage }) => CreatePage);

/** Hash routes, because the app is served as static files under a foreign URL. */
export const ROUTES: Routes = [
  { path: '', component: StartPage },
  { path: 'create/new', loadComponent: createPage },
  { path: 'create/bib/:mmsId', loadComponent: createPage },
  { path: 'create/request/:userId/:requestId', loadComponent: createPage },
  {
    path: 'entity/:type/:holder/:requestId',
    loadComponent: () => import('./request/entity.page').then(({ EntityPage }) => EntityPage),
  },
  { path: 'requests/:id', redirectTo: 'requests/borrower/:id' },
  {
    path: 'requests/:side/:id',
    loadComponent: () => import('./request/request.page').then(({ RequestPage }) => RequestPage),
  },
  {
    path: 'batch',
    loadComponent: () => import('./batch/batch.page').then(({ BatchPage }) => BatchPage),
    canDeactivate: [leavePage],
  },
  { path: 'print/:slip', loadComponent: () => import('./print/print.page').then(({ PrintPage }) => PrintPage) },
  { path: 'drafts', loadComponent: () => import('./drafts/drafts.page').then(({ DraftsPage }) => DraftsPage) },
  { path: 'members', loadComponent: () => import('./members/members.page').then(({ MembersPage }) => MembersPage) },
  {
    path: 'members/own',
    loadComponent: () => import('./members/own-record.page').then(({ OwnRecordPage }) => OwnRecordPage),
    canDeactivate: [leavePage],
  },
  {
    path: 'members/closures',
    loadComponent: () => import('./members/closures.page').then(({ ClosuresPage }) => ClosuresPage),
  },
  { path: 'bridge', loadComponent: () => import('./bridge/bridge.page').then(({ BridgePage }) => BridgePage) },
  { path: 'imports', loadComponent: () => import('./imports/imports.page').then(({ ImportsPage }) => ImportsPage) },
  {
    path: 'imports/:runId',
    loadComponent: () => import('./imports/import-report.page').then(({ ImportReportPage }) => ImportReportPage),
  },
  {
    path: 'settings/integration',
    loadComponent: () => import('./integration/integration.page').then(({ IntegrationPage }) => IntegrationPage),
    canDeactivate: [leavePage],
  },
  { path: 'settings', loadComponent: () => import('./settings/user.page').then(({ UserPage }) => UserPage) },
  {
    path: 'settings/tariffs',
    loadComponent: () => import('./settings/tariffs.page').then(({ TariffsPage }) => TariffsPage),
  },
  { path: 'help', loadComponent: () => import('./help/help.page').then(({ HelpPage }) => HelpPage) },
  { path: 'config', loadComponent: () => import('./settings/config.page').then(({ ConfigPage }) => ConfigPage) },
  { path: '**', redirectTo: '' },
];
