import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InstitutionConfig } from '../config';
import { GatewayError } from '../gateway-error';
import type { Caller } from './token-verifier';

const FILE = 'operator-key';
const SCHEME = 'Operator ';
/** User id of the command line. Not a user of Alma: `isOperator` distinguishes it from a user with the same id. */
const OPERATOR = 'operator';

/** Authenticates calls from the command line. */
export interface OperatorCheck {
  /** Throws `unauthenticated`. */
  verify(authorization: string): Caller;
}

/** True when the header claims to come from the command line. */
export function isOperatorCall(authorization: string | undefined): authorization is string {
  return authorization?.startsWith(SCHEME) === true;
}

/** `institution`: its code. */
export function operatorAuthorization(institution: string, key: string): string {
  return `${SCHEME}${institution}:${key}`;
}

/**
 * The key of the gateway that uses this data folder; undefined when none has written one. Anyone who can read the file
 * may run imports.
 */
export async function readOperatorKey(dataDir: string): Promise<string | undefined> {
  return readFile(join(dataDir, FILE), 'utf8').catch(() => undefined);
}

/**
 * The key of the command line. Each start of the gateway creates a new one and writes it beside the data, readable by
 * its owner only. Anyone who can read that file can also read the data.
 */
export class OperatorKey implements OperatorCheck {
  readonly #digest: Buffer;
  readonly #institutions: readonly InstitutionConfig[];

  private constructor(key: string, institutions: readonly InstitutionConfig[]) {
    this.#digest = digestOf(key);
    this.#institutions = institutions;
  }

  /** A new key that is written nowhere. */
  static create(institutions: readonly InstitutionConfig[]): { readonly key: string; readonly operator: OperatorKey } {
    const key = randomBytes(32).toString('base64url');
    return { key, operator: new OperatorKey(key, institutions) };
  }

  /** Writes a new key. The folder must exist. */
  static async write(dataDir: string, institutions: readonly InstitutionConfig[]): Promise<OperatorKey> {
    const { key, operator } = OperatorKey.create(institutions);
    const path = join(dataDir, FILE);
    // An overwritten file would keep its mode, so a new file replaces it. Readers then also always get a whole key.
    const fresh = `${path}.new`;
    await rm(fresh, { force: true });
    await writeFile(fresh, key, { mode: 0o600, flag: 'wx' });
    await rename(fresh, path);
    return operator;
  }

  verify(authorization: string): Caller {
    const [, code, key] = /^Operator ([^:\s]+):(\S+)$/.exec(authorization) ?? [];
    const isKey = timingSafeEqual(digestOf(key ?? ''), this.#digest);
    const institution = this.#institutions.find((each) => each.code === code);
    if (!isKey || institution === undefined)
      throw new GatewayError('unauthenticated', {
        detail: 'the operator key or the institution is not of this gateway',
      });
    return { institution, userId: OPERATOR, isOperator: true };
  }
}

/** Hashes have one length, so the comparison always takes the same time. */
function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
