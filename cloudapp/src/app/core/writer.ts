import type { Writer } from '../../domain/api/profile';
import type { Library } from '../../domain/api/requests';

/** Who writes to Alma about the requests of the library with this code; undefined for a library of others. */
export function writerOf(libraries: readonly Library[], code: string | undefined): Writer | undefined {
  return libraries.find((library) => library.code === code)?.writer;
}

export function hasWriter(libraries: readonly Library[], writer: Writer): boolean {
  return libraries.some((library) => library.writer === writer);
}
