import type { ChangeKind, Outcome, RunPhase, RunState, RunTrigger } from '#domain/import';
import type { Kind, Side } from '#domain/kinds';

export const REPORT_LANGUAGES = ['ja', 'en'] as const;
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number];

/** The lines at the top, and the columns. */
const JA_LABELS = {
  job: 'ジョブ',
  run: '実行番号',
  state: '結果',
  profile: '統合プロファイル',
  trigger: '起動',
  scope: '範囲',
  startedAt: '開始（日本時間）',
  finishedAt: '終了（日本時間）',
  took: '所要時間',
  resumed: '中断後の再開（回）',
  failure: '完了できなかった理由',
  reached: '進捗',
  configuration: '設定の誤り',
  processed: '処理したレコードの総数',
  borrowing: '処理した依頼の総数',
  borrowingSucceeded: '依頼: 成功',
  borrowingFailed: '依頼: 失敗',
  lending: '処理した受付の総数',
  lendingSucceeded: '受付: 成功',
  lendingFailed: '受付: 失敗',
  created: '作成',
  updated: '更新',
  statusChanged: '状態の変更',
  unchanged: '変更なし',
  failed: '失敗',
  library: '図書館',
  side: '依頼・受付',
  id: '依頼番号',
  kind: '種別',
  title: '書名・誌名',
  outcome: '結果',
  changes: '内容',
  failureCode: '失敗コード',
  reason: '理由',
  way: '対処',
  almaCode: 'Alma のコード',
  almaMessage: 'Alma のメッセージ',
} as const;
export type Label = keyof typeof JA_LABELS;

/** The words of the report as a file and on the command line. (Those of faults are the app's, fault-words.ts.) */
export interface ReportWords {
  readonly job: string;
  readonly label: Readonly<Record<Label, string>>;
  readonly state: Readonly<Record<RunState, string>>;
  readonly phase: Readonly<Record<RunPhase, string>>;
  readonly trigger: Readonly<Record<RunTrigger, string>>;
  readonly side: Readonly<Record<Side, string>>;
  readonly kind: Readonly<Record<Kind, string>>;
  readonly outcome: Readonly<Record<Outcome, string>>;
  /** `{field}`, `{from}` and `{to}` stand for those of the change. */
  readonly change: Readonly<Record<ChangeKind, string>>;
  readonly details: Readonly<Record<Side, string>>;
  readonly wouldBeDone: string;
  readonly dryRun: string;
  readonly full: string;
  readonly changedOnly: string;
  readonly none: string;
  readonly notYet: string;
  /** `{read}`, `{done}` and `{due}` are numbers. */
  readonly reached: string;
  /** Hours, minutes, seconds. */
  readonly units: readonly [string, string, string];
}

const JA: ReportWords = {
  job: 'リソースシェアリングリクエストのインポート',
  label: JA_LABELS,
  state: { queued: '待機中', running: '実行中', completed: '完了', failed: '未完了', cancelled: '中止' },
  phase: { reading: 'NACSIS-ILL を読み取り中', importing: 'Alma に反映中', waiting: '待機中' },
  trigger: { 'schedule': 'スケジュール', 'staff': '職員', 'command-line': 'コマンドライン', 'retry': '再試行' },
  side: { borrower: '依頼', lender: '受付' },
  kind: { copy: '複写', loan: '貸借' },
  outcome: {
    'created': '作成',
    'status-changed': '状態の変更',
    'updated': '更新',
    'unchanged': '変更なし',
    'failed': '失敗',
  },
  change: {
    'created': 'Alma に作成 {to}',
    'linked': 'Alma のリクエストに結び付け {to}',
    'status': '状態 {from}→{to}',
    'alma-status': 'Alma の状態（対応表） {to}',
    'cancelled': 'Alma でも取消',
    'cost': '送料 {to}円を Alma に記録',
    'kept': '{field} は Alma に書けないためゲートウェイに保持 {to}',
    'collective-patron': '代表利用者で作成',
  },
  details: { borrower: '依頼のインポート - 詳細', lender: '受付のインポート - 詳細' },
  wouldBeDone: '実行した場合の変更',
  dryRun: '試行（Alma は変更していません）',
  full: 'すべて',
  changedOnly: '前回以降の変更',
  none: 'なし',
  notYet: '未処理',
  reached: '読み取り {read}件、処理 {done}件 / {due}件',
  units: ['時間', '分', '秒'],
};

const EN: ReportWords = {
  job: 'Import Resource Sharing Requests',
  label: {
    job: 'Job',
    run: 'Run',
    state: 'State',
    profile: 'Integration profile',
    trigger: 'Started by',
    scope: 'Scope',
    startedAt: 'Started (Japan time)',
    finishedAt: 'Finished (Japan time)',
    took: 'Took',
    resumed: 'Resumed after a break (times)',
    failure: 'Not completed because',
    reached: 'How far it came',
    configuration: 'Wrong in the settings',
    processed: 'Total records processed',
    borrowing: 'Total borrowing requests processed',
    borrowingSucceeded: 'Borrowing requests: succeeded',
    borrowingFailed: 'Borrowing requests: failed',
    lending: 'Total lending requests processed',
    lendingSucceeded: 'Lending requests: succeeded',
    lendingFailed: 'Lending requests: failed',
    created: 'Created',
    updated: 'Updated',
    statusChanged: 'Status changed',
    unchanged: 'Unchanged',
    failed: 'Failed',
    library: 'Library',
    side: 'Side',
    id: 'NACSIS id',
    kind: 'Kind',
    title: 'Title',
    outcome: 'Outcome',
    changes: 'What was done',
    failureCode: 'Failure code',
    reason: 'Reason',
    way: 'Way out',
    almaCode: "Alma's code",
    almaMessage: "Alma's message",
  },
  state: { queued: 'queued', running: 'running', completed: 'completed', failed: 'failed', cancelled: 'cancelled' },
  phase: { reading: 'reading NACSIS-ILL', importing: 'bringing Alma in line', waiting: 'waiting' },
  trigger: { 'schedule': 'schedule', 'staff': 'staff', 'command-line': 'command line', 'retry': 'retry' },
  side: { borrower: 'borrowing', lender: 'lending' },
  kind: { copy: 'copy', loan: 'loan' },
  outcome: {
    'created': 'created',
    'status-changed': 'status changed',
    'updated': 'updated',
    'unchanged': 'unchanged',
    'failed': 'failed',
  },
  change: {
    'created': 'created in Alma {to}',
    'linked': 'linked to the request of Alma {to}',
    'status': 'status {from}→{to}',
    'alma-status': 'status of Alma by the map: {to}',
    'cancelled': 'cancelled in Alma, too',
    'cost': 'shipping cost of {to} yen told to Alma',
    'kept': '{field} cannot be written in Alma and is kept by the gateway: {to}',
    'collective-patron': 'made for the collective patron',
  },
  details: {
    borrower: 'Import of Borrowing Requests - Details',
    lender: 'Import of Lending Requests - Details',
  },
  wouldBeDone: 'What would be done',
  dryRun: 'dry run: nothing was changed in Alma',
  full: 'everything',
  changedOnly: 'what changed since the last run',
  none: 'none',
  notYet: 'not yet done',
  reached: '{read} read, {done} of {due} done',
  units: ['h', 'min', 's'],
};

export const REPORT_WORDS: Readonly<Record<ReportLanguage, ReportWords>> = { ja: JA, en: EN };
