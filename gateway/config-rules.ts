import type { Integration } from '#domain/api/profile';
import { parseMemberId } from '#domain/catalog/identifiers';
import { DEFAULT_INTEGRATION } from '#domain/imports/integration';
import type { ConfigFile } from './config-file';
import { checkIntegration } from './imports/integration-check';
import {
  baseAddress,
  catpUser,
  jwksAddress,
  plainCode,
  plainName,
  webAddress,
  webOrigin,
  type TextRule,
} from './text-settings';

interface NamedLibrary {
  readonly code: string;
  readonly memberId: string;
  readonly institution: string;
  readonly integration: Integration;
  /** `institutions[0].libraries[1]` */
  readonly setting: string;
}

/** Texts that break the rule of their setting, one line each: `path: what is wrong`. */
export function textFaults({ nacsis, alma, auth, cors, listen, store, institutions }: ConfigFile): readonly string[] {
  const { issuer = 'x' } = auth;
  const { dataDir = 'x' } = store;
  const roles = Object.entries(alma.roles ?? {});
  return [
    ...fault('listen.host', listen.host, plainName),
    ...fault('store.dataDir', dataDir, plainName),
    ...fault('nacsis.url', nacsis.url, webAddress),
    ...fault('auth.issuer', issuer, plainName),
    ...fault('auth.audience', auth.audience, plainName),
    ...fault('auth.jwksUrl', auth.jwksUrl, jwksAddress),
    ...fault('alma.url', alma.url, baseAddress),
    ...roles.flatMap(([name, codes]) => codes.flatMap((code) => fault(`alma.roles.${name}`, code, plainName))),
    ...cors.origins.flatMap((origin, at) => fault(`cors.origins[${String(at)}]`, origin, webOrigin)),
    ...institutions.flatMap(({ code, libraries }, at) => [
      ...fault(`institutions[${String(at)}].code`, code, plainCode),
      ...libraries.flatMap((library, place) =>
        libraryFaults(`institutions[${String(at)}].libraries[${String(place)}]`, library),
      ),
    ]),
  ];
}

type LibraryFile = ConfigFile['institutions'][number]['libraries'][number];
function libraryFaults(setting: string, { code, name, account }: LibraryFile): readonly string[] {
  return [
    ...fault(`${setting}.code`, code, plainCode),
    ...fault(`${setting}.name`, name, plainName),
    ...fault(`${setting}.account.user`, account.user, catpUser),
  ];
}

function fault(setting: string, text: string, rule: TextRule): readonly string[] {
  const words = rule(text);
  return words === undefined ? [] : [`${setting}: ${words}`];
}

/** Faults that a schema cannot express, one line each: `path: what is wrong`. */
export function contradictionsIn({ institutions, store }: ConfigFile, hasServer: boolean): readonly string[] {
  const libraries = institutions.flatMap(({ code, libraries: own }, at) =>
    own.map((library, place) => ({
      code: library.code,
      memberId: library.memberId,
      institution: code,
      integration: { ...DEFAULT_INTEGRATION, ...library.integration },
      setting: `institutions[${String(at)}].libraries[${String(place)}]`,
    })),
  );
  const codes = institutions.map(({ code }) => code);
  const twice = codes.flatMap((code, at) =>
    codes.indexOf(code) < at ? [`institutions[${String(at)}].code: ${code} stands twice`] : [],
  );
  const noStore = !hasServer && store.dataDir === undefined;
  return [
    ...libraries.flatMap((library, at) => faultsOf(library, libraries.slice(0, at))),
    ...twice,
    ...(noStore ? ['store.dataDir: is needed where the environment has no DATABASE_URL'] : []),
  ];
}

function faultsOf(library: NamedLibrary, before: readonly NamedLibrary[]): readonly string[] {
  const { code, memberId, institution, integration, setting } = library;
  const parsed = parseMemberId(memberId);
  const isMemberId = parsed.ok && parsed.value === memberId;
  const isUsed = before.some((other) => other.memberId === memberId);
  const sameCode = before.some((other) => other.code === code && other.institution === institution);
  return [
    ...(isMemberId ? [] : [`${setting}.memberId: ${memberId} is no FA number (FA, five digits, check character)`]),
    ...(isUsed ? [`${setting}.memberId: ${memberId} is used by another library, too`] : []),
    ...(sameCode ? [`${setting}.code: ${code} stands twice in ${institution}`] : []),
    ...checkIntegration(integration).map(({ field, code: fault }) => `${setting}.${field}: ${fault}`),
  ];
}
