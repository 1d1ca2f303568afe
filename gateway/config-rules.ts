import { parseMemberId } from '#domain/identifiers';
import type { ConfigFile } from './config-file';

interface NamedLibrary {
  readonly code: string;
  readonly memberId: string;
  readonly institution: string;
  /** `institutions[0].libraries[1]` */
  readonly setting: string;
}

/** What a schema cannot say, one line for each fault: `path: what is wrong`. */
export function contradictionsIn({ institutions, store }: ConfigFile, hasServer: boolean): readonly string[] {
  const libraries = institutions.flatMap(({ code, libraries: own }, at) =>
    own.map((library, place) => ({
      code: library.code,
      memberId: library.memberId,
      institution: code,
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
  const { code, memberId, institution, setting } = library;
  const parsed = parseMemberId(memberId);
  const isMemberId = parsed.ok && parsed.value === memberId;
  const isUsed = before.some((other) => other.memberId === memberId);
  const sameCode = before.some((other) => other.code === code && other.institution === institution);
  return [
    ...(isMemberId ? [] : [`${setting}.memberId: ${memberId} is no FA number (FA, five digits, check character)`]),
    ...(isUsed ? [`${setting}.memberId: ${memberId} is used by another library, too`] : []),
    ...(sameCode ? [`${setting}.code: ${code} stands twice in ${institution}`] : []),
  ];
}
