/** Languages required for every text of the manifest. The first NACSIS app used `jp`; Alma's API uses `ja`. */
const MANIFEST_LANGUAGES = ['ja', 'jp', 'en'] as const;
const TEXTS = ['title', 'subtitle', 'description'] as const;
/**
 * Minimum number of host labels in a source with a wildcard: `https://*.alma.exlibrisgroup.com` is allowed,
 * `https://*.com` is not.
 */
const FIXED_LABELS = 2;

type Json = Readonly<Record<string, unknown>>;

/** Violations of our own rules in a manifest that is valid by the SDK's schema; empty when there are none. */
export function manifestFaults(manifest: Json, version: string): readonly string[] {
  return [
    ...TEXTS.flatMap((name) => textFaults(name, manifest[name])),
    ...sourceFaults(manifest),
    ...versionFaults(manifest, version),
    ...relatedFaults(manifest),
  ];
}

function textFaults(name: string, value: unknown): readonly string[] {
  if (value === undefined) return name === 'subtitle' ? [] : [`${name} is missing`];
  if (!Array.isArray(value)) return [`${name} must be a list of texts by language`];
  const texts = new Map((value as readonly Json[]).map(({ lang, text }) => [lang, text]));
  return MANIFEST_LANGUAGES.filter((lang) => typeof texts.get(lang) !== 'string' || texts.get(lang) === '').map(
    (lang) => `${name} has no text for ${lang}`,
  );
}

/** The browser may only contact Alma and the named gateways. */
function sourceFaults(manifest: Json): readonly string[] {
  const security = (manifest['contentSecurity'] ?? {}) as Json;
  const sources = ['connectSrc', 'frameSrc'].flatMap((name) =>
    ((security[name] ?? []) as readonly string[]).map((source) => ({ name, source })),
  );
  return sources.flatMap(({ name, source }) => {
    const fault = sourceFault(source);
    return fault === undefined ? [] : [`contentSecurity.${name}: "${source}" ${fault}`];
  });
}

function sourceFault(source: string): string | undefined {
  const match = /^(https?):\/\/(\*\.)?([a-z0-9.-]+|\*)(:\d+)?\/?$/i.exec(source);
  if (!match) return 'is no origin';
  const [, scheme = '', wildcard, host = ''] = match;
  if (host === '*') return 'lets the app talk to anyone';
  if (wildcard !== undefined && host.split('.').length < FIXED_LABELS) return 'has a wildcard that is too wide';
  const isLocal = host === 'localhost' || host === '127.0.0.1';
  return scheme.toLowerCase() === 'http' && !isLocal ? 'is not https' : undefined;
}

function versionFaults(manifest: Json, version: string): readonly string[] {
  const stated = manifest['version'];
  return stated === undefined || stated === version
    ? []
    : [`version is ${JSON.stringify(stated)}, package.json says ${version}`];
}

/** Reports `relatedApps`, which the schema does not have, although published examples do. */
function relatedFaults(manifest: Json): readonly string[] {
  return 'relatedApps' in manifest ? ['relatedApps is not allowed'] : [];
}
