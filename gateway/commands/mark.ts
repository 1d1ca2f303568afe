import { createHash } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 13;

/** The mark of an order, always the same for one institution and key: 65 bits of a SHA-256, 13 characters of base 32 (ADR 0002). */
export function orderMark(institution: string, key: string): string {
  const digest = createHash('sha256').update(`${institution}\n${key}`).digest();
  let bits = BigInt(`0x${digest.toString('hex')}`);
  let mark = '';
  for (let at = 0; at < LENGTH; at += 1) {
    mark += BASE32[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  return mark;
}
