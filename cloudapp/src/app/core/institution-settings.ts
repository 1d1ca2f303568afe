import { CODE_TABLES, ORDER_DEFAULTS } from '../../domain/ill/codes';
import { STAFF_TEMPLATE } from '../../domain/ill/member';

/**
 * Default gateway URL: the gateway of `npm start`. When building the app for an institution, set its gateway here and
 * in `contentSecurity.connectSrc` of manifest.json.
 */
export const DEFAULT_GATEWAY_URL = 'http://127.0.0.1:8402';

/** Settings of the institution's administrator, stored in Alma's CONFIG. */
export interface InstitutionSettings {
  readonly version: 2;
  /** URL of the gateway (origin, optionally with path) without a trailing slash. */
  readonly gatewayUrl: string;
  /** Prefixes of NACSIS-CAT ids in 016 $2 and 035 $a of the library's records. */
  readonly ncidPrefixes: readonly string[];
  /** Template of the order's staff line, filled from the own member record (see `staffLine`). */
  readonly staffTemplate: string;
  /** Wire values of the preselected choices; '' preselects nothing. */
  readonly payment: string;
  readonly copyType: string;
  readonly sendingMethod: string;
  /** Number of a patron's open requests from which a warning is shown; 0 = no warning. */
  readonly patronLimit: number;
}

export const DEFAULT_INSTITUTION: InstitutionSettings = {
  version: 2,
  gatewayUrl: DEFAULT_GATEWAY_URL,
  ncidPrefixes: [],
  staffTemplate: STAFF_TEMPLATE,
  ...ORDER_DEFAULTS,
  patronLimit: 0,
};

const VERSIONS: readonly unknown[] = [undefined, 1, 2];
const MOST_REQUESTS = 100;

type SettingsFault = 'not-an-object' | 'newer-version' | 'bad-gateway-url' | 'bad-value';
type ReadSettings<T> =
  { readonly ok: true; readonly settings: T } | { readonly ok: false; readonly fault: SettingsFault };

/**
 * Reads CONFIG: empty, an older form (no version, or version 1 without the patron limit), or the current one. An
 * invalid document is refused, not repaired.
 */
export function readInstitution(raw: unknown): ReadSettings<InstitutionSettings> {
  if (raw === null || raw === undefined) return { ok: true, settings: DEFAULT_INSTITUTION };
  if (typeof raw !== 'object' || Array.isArray(raw)) return { ok: false, fault: 'not-an-object' };
  const stored = raw as Readonly<Record<string, unknown>>;
  if (!VERSIONS.includes(stored['version'])) return { ok: false, fault: 'newer-version' };
  const gatewayUrl = stored['gatewayUrl'] === undefined ? DEFAULT_GATEWAY_URL : normalGatewayUrl(stored['gatewayUrl']);
  if (gatewayUrl === undefined) return { ok: false, fault: 'bad-gateway-url' };
  const settings = {
    version: 2 as const,
    gatewayUrl,
    ncidPrefixes: textsOr(stored['ncidPrefixes'], DEFAULT_INSTITUTION.ncidPrefixes),
    staffTemplate: textOr(stored['staffTemplate'], DEFAULT_INSTITUTION.staffTemplate),
    payment: codeOr('payment', stored['payment'], DEFAULT_INSTITUTION.payment),
    copyType: codeOr('copy-type', stored['copyType'], DEFAULT_INSTITUTION.copyType),
    sendingMethod: codeOr('sending-method', stored['sendingMethod'], DEFAULT_INSTITUTION.sendingMethod),
    patronLimit: countOr(stored['patronLimit'], DEFAULT_INSTITUTION.patronLimit),
  };
  const isWhole = Object.values(settings).every((value) => value !== undefined);
  return isWhole ? { ok: true, settings: settings as InstitutionSettings } : { ok: false, fault: 'bad-value' };
}

/**
 * Normalizes an https URL, or an http URL of this machine, without user, query and fragment. Undefined for any other.
 */
export function normalGatewayUrl(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value.trim())) return undefined;
  const url = new URL(value.trim());
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal);
  if (!isSafe || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function textOr(value: unknown, fallback: string): string | undefined {
  if (value === undefined) return fallback;
  return typeof value === 'string' && value.length <= 500 ? value : undefined;
}

function textsOr(value: unknown, fallback: readonly string[]): readonly string[] | undefined {
  if (value === undefined) return fallback;
  return Array.isArray(value) && value.every((each) => typeof each === 'string') ? value : undefined;
}

function countOr(value: unknown, fallback: number): number | undefined {
  if (value === undefined) return fallback;
  return isPatronLimit(value) ? value : undefined;
}

export function isPatronLimit(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_REQUESTS;
}

function codeOr(table: keyof typeof CODE_TABLES, value: unknown, fallback: string): string | undefined {
  if (value === undefined) return fallback;
  return value === '' || CODE_TABLES[table].some(({ wire }) => wire === value) ? (value as string) : undefined;
}
