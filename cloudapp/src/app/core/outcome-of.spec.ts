import { ERROR_CODES } from '../../domain/errors';
import { outcomeOf } from './outcome-of';

/** Codes with which the gateway has judged this command under this key. */
const REFUSED_ALWAYS = ['invalid-fields', 'action-not-allowed', 'stale-version', 'nacsis-rejected'];
/** Codes of an attempt that did nothing; they say nothing about an earlier attempt. */
const REFUSED_NOW = [
  'unauthenticated',
  'forbidden',
  'not-found',
  'invalid-request',
  'missing-idempotency-key',
  'idempotency-key-reused',
  'already-linked',
  'payload-too-large',
  'nacsis-login-refused',
  'nacsis-unavailable',
  'store-unavailable',
  'gateway-not-configured',
  'host-timeout',
  'host-refused',
];
/** Codes of a command that may have been executed. */
const OPEN = [
  'command-in-progress',
  'nacsis-malformed',
  'alma-unavailable',
  'outcome-unknown',
  'internal',
  'gateway-unreachable',
];

describe('outcomeOf', () => {
  it('is decided for every code of the catalogue', () => {
    expect([...REFUSED_ALWAYS, ...REFUSED_NOW, ...OPEN].sort()).toEqual([...ERROR_CODES].sort());
  });

  it('is refused for a first attempt where nothing was done', () => {
    const refused = ERROR_CODES.filter((code) => outcomeOf(code, false) === 'refused');
    expect<readonly string[]>([...refused].sort()).toEqual([...REFUSED_ALWAYS, ...REFUSED_NOW].sort());
  });

  it('stays unknown after an unknown outcome, unless the command itself was judged', () => {
    const refused = ERROR_CODES.filter((code) => outcomeOf(code, true) === 'refused');
    expect<readonly string[]>([...refused].sort()).toEqual([...REFUSED_ALWAYS].sort());
  });
});
