import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import type { InstitutionConfig, LibraryConfig, PartnerConfig } from '../config';
import type { RotatingSecret } from '../rotating-secret';

/** A library that is a partner of Alma, and its institution. */
export interface Partner {
  readonly institution: InstitutionConfig;
  readonly library: LibraryConfig;
  readonly config: PartnerConfig;
}

/** Receives a fault of a secret's file; it names no secret. */
export type SecretFault = (fault: string) => void;

/** The libraries that messages of Alma may be for. */
export class Partners {
  readonly #all: readonly (Partner & { readonly allowed: BlockList | undefined })[];

  constructor(
    institutions: readonly InstitutionConfig[],
    private readonly failed: SecretFault,
  ) {
    this.#all = institutions.flatMap((institution) =>
      institution.libraries.flatMap((library) => {
        const config = library.iso18626;
        return config === undefined ? [] : [{ institution, library, config, allowed: listOf(config.allowedAddresses) }];
      }),
    );
  }

  /** The library with this secret. Takes the same time for every secret of a length, right or wrong. */
  withSecret(secret: string): Partner | undefined {
    return this.#all.reduce<Partner | undefined>((found, each) => {
      const isThis = isOneOf(each.config.secret, secret, this.failed);
      return isThis ? each : found;
    }, undefined);
  }

  /** True when messages of this address are taken. `ip`: IPv4, IPv6, or IPv4 within IPv6. */
  takesFrom({ config }: Partner, ip: string): boolean {
    const list = this.#all.find((each) => each.config === config)?.allowed;
    return list === undefined || list.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
  }
}

/** Compares with every value, in constant time. */
export function isOneOf(secret: RotatingSecret, given: string, failed: SecretFault): boolean {
  const digest = digestOf(given);
  return secret.current(failed).reduce((found, value) => timingSafeEqual(digestOf(value), digest) || found, false);
}

/** Texts of equal length, for the comparison. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function listOf(ranges: readonly string[] | undefined): BlockList | undefined {
  if (ranges === undefined) return undefined;
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}
