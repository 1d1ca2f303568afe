import type { ConfigurationFault, ImportFault, RunFault } from '#domain/import';

/** Why, and the way out. */
export interface FaultWords {
  readonly reason: string;
  readonly way: string;
}
interface Words {
  readonly request: Readonly<Record<ImportFault, FaultWords>>;
  readonly run: Readonly<Record<RunFault, FaultWords>>;
}

const fault = (reason: string, way: string): FaultWords => ({ reason, way });

const JA: Words = {
  request: {
    'record-unreadable': fault(
      'NACSIS-ILL のレコードを読み取れませんでした',
      'NACSIS-ILL でこのレコードを確認し、依頼番号とともにゲートウェイの管理者に知らせてください',
    ),
    'status-unknown': fault(
      'NACSIS-ILL の状態がこのシステムの知らないものです',
      'NACSIS-ILL の画面で処理し、状態の名称をゲートウェイの管理者に知らせてください',
    ),
    'no-bibliographic-data': fault(
      '書誌事項（書誌ID・書誌）がありません',
      '依頼の書誌事項を補うか、Alma でリクエストを作成して結び付けてください',
    ),
    'field-too-long': fault(
      'Alma の項目の上限を超える値があります',
      'Alma で短くしたリクエストを作成して結び付けてください',
    ),
    'requester-missing': fault(
      '利用者IDがなく、代表利用者も設定されていません',
      '統合プロファイルで代表利用者を設定し、再試行してください',
    ),
    'requester-unknown': fault(
      'Alma に利用者が見つかりません',
      '依頼にある利用者IDと、統合プロファイルの代表利用者を確認し、再試行してください',
    ),
    'partner-missing': fault(
      'Alma に NACSIS のパートナーがありません',
      'Alma でパートナーを作成するか、統合プロファイルのコードを直し、再試行してください',
    ),
    'partner-inactive': fault(
      'Alma の NACSIS のパートナーが無効です',
      'Alma でパートナーを有効にし、再試行してください',
    ),
    'alma-refused': fault('Alma が受け付けませんでした', 'Alma のメッセージに従って直し、再試行してください'),
    'alma-malformed': fault(
      'Alma の応答に必要な項目がありません',
      'Alma でリクエストの有無を確認し、再試行してください。続くときはゲートウェイの管理者に知らせてください',
    ),
    'alma-unavailable': fault('Alma が応答しませんでした', 'しばらくしてから再試行してください'),
    'outcome-unknown': fault(
      'Alma に作成されたかどうかを確認できません',
      'Alma で依頼番号を検索し、あれば結び付け、なければ再試行してください',
    ),
    'already-linked': fault(
      'Alma のリクエストが別の依頼に結び付いています',
      '両方の依頼を開き、誤っている結び付きを解除してください',
    ),
    'not-found': fault(
      '依頼またはその Alma のリクエストが見つかりません',
      'NACSIS-ILL と Alma で確認し、必要なら結び付けを直してください',
    ),
  },
  run: {
    'nacsis-unavailable': fault(
      'NACSIS-ILL に接続できません',
      'NACSIS-ILL の稼働状況を確認し、もう一度実行してください',
    ),
    'nacsis-login-refused': fault(
      'NACSIS-ILL が図書館のアカウントを拒否しました',
      'ゲートウェイの設定のアカウントを確認してください',
    ),
    'nacsis-rejected': fault('NACSIS-ILL が検索を拒否しました', 'ゲートウェイの記録を確認してください'),
    'nacsis-malformed': fault('NACSIS-ILL の応答を読み取れません', 'ゲートウェイの管理者に知らせてください'),
    'alma-unavailable': fault('Alma に接続できません', 'Alma の稼働状況を確認し、もう一度実行してください'),
    'alma-daily-threshold': fault(
      'Alma の API の一日の上限に達しました',
      '上限が戻るのを待つか、実行の間隔を広げてください',
    ),
    'alma-key-refused': fault(
      'Alma が API キーを拒否しました',
      'ゲートウェイの設定の API キーと、その権限を確認してください',
    ),
    'library-not-configured': fault(
      '図書館がゲートウェイの設定にありません',
      'ゲートウェイの設定に図書館を戻すか、その図書館なしで実行してください',
    ),
    'internal': fault('ゲートウェイで予期しない誤りが起きました', 'ゲートウェイの記録を確認してください'),
  },
};

const EN: Words = {
  request: {
    'record-unreadable': fault(
      'The record of NACSIS-ILL cannot be read',
      'Look at the record in NACSIS-ILL, and tell the maintainer of the gateway its id',
    ),
    'status-unknown': fault(
      'Its status in NACSIS-ILL is one that this system does not know',
      'Work on it in NACSIS-ILL itself, and tell the maintainer of the gateway the name of the status',
    ),
    'no-bibliographic-data': fault(
      'It has no bibliographic data',
      'Complete the request, or create the request in Alma and link it',
    ),
    'field-too-long': fault('A value is longer than Alma takes', 'Create a shorter request in Alma and link it'),
    'requester-missing': fault(
      'It names no patron, and no collective patron is set',
      'Set the collective patron in the integration profile, then retry',
    ),
    'requester-unknown': fault(
      'Alma does not know the patron',
      'Check the patron id in the request and the collective patron of the integration profile, then retry',
    ),
    'partner-missing': fault(
      'Alma has no such NACSIS partner',
      'Create the partner in Alma or correct its code in the integration profile, then retry',
    ),
    'partner-inactive': fault('The NACSIS partner is inactive in Alma', 'Activate the partner in Alma, then retry'),
    'alma-refused': fault('Alma refused it', 'Mend what the message of Alma says, then retry'),
    'alma-malformed': fault(
      'The answer of Alma lacks what is needed',
      'Look in Alma whether the request is there, then retry; if it goes on, tell the maintainer of the gateway',
    ),
    'alma-unavailable': fault('Alma did not answer', 'Retry later'),
    'outcome-unknown': fault(
      'Nobody knows whether Alma created it',
      'Search Alma for the NACSIS id: if it is there, link it; if not, retry',
    ),
    'already-linked': fault(
      'The request of Alma is linked to another request of NACSIS-ILL',
      'Open both and take off the link that is wrong',
    ),
    'not-found': fault(
      'The request, or its request in Alma, is not there any more',
      'Look in NACSIS-ILL and in Alma, and correct the link where it is wrong',
    ),
  },
  run: {
    'nacsis-unavailable': fault('NACSIS-ILL cannot be reached', 'See whether NACSIS-ILL is in service, then run again'),
    'nacsis-login-refused': fault(
      'NACSIS-ILL refused the account of the library',
      'Check the account in the configuration of the gateway',
    ),
    'nacsis-rejected': fault('NACSIS-ILL refused the search', 'See the log of the gateway'),
    'nacsis-malformed': fault('The answer of NACSIS-ILL cannot be read', 'Tell the maintainer of the gateway'),
    'alma-unavailable': fault('Alma cannot be reached', 'See whether Alma is in service, then run again'),
    'alma-daily-threshold': fault(
      "Alma's daily limit of API calls is reached",
      'Wait for the next day, or let the schedule run less often',
    ),
    'alma-key-refused': fault(
      'Alma refused the API key',
      'Check the API key in the configuration of the gateway, and its rights',
    ),
    'library-not-configured': fault(
      'The library is not in the configuration of the gateway',
      'Put it back there, or run without it',
    ),
    'internal': fault('An unexpected error of the gateway', 'See its log'),
  },
};

export const FAULT_WORDS = { ja: JA, en: EN } as const;

/** A fault of the settings has the words of the requests that fail by it. */
export function configurationWords(lang: keyof typeof FAULT_WORDS, code: ConfigurationFault): FaultWords {
  return FAULT_WORDS[lang].request[code];
}
