import type { RequestView } from '#domain/api/requests';
import type { Member } from '#domain/catalog/catalog';
import type { IllRequest } from '#domain/ill/request';
import { STATES, type StateId } from '#domain/ill/states';
import { GatewayError } from '../gateway-error';
import { NacsisError } from '../nacsis/port';
import type { Store } from '../store/open-store';
import { findRequest } from '../store/requests-store';
import { LENDER_IDS, OWN_ID, type SpecApp } from '../testing/spec-app';
import { openMember } from '../testing/spec-nacsis';
import { useSpecApp } from '../testing/use-spec-app';
import { ForwardCheck } from './forward-check';

const [FIRST, SECOND, THIRD] = LENDER_IDS;
const ID = 'LA0000000001';
const ACCOUNT = { memberId: OWN_ID, user: 'spec', password: 'spec-password' };

describe('whether a request can be forwarded', () => {
  let spec: SpecApp;
  let store: Store;
  useSpecApp(['requests', 'journal'], (started) => ({ spec, store } = started));
  beforeEach(() => {
    put();
  });

  function put(
    state: StateId = 'INQUIRY',
    kind: IllRequest['kind'] = 'copy',
    rota: readonly string[] = [FIRST, SECOND, THIRD],
  ) {
    const lenders = rota.map((memberId) => ({ memberId }));
    const fields = { id: ID, borrowerId: OWN_ID, lenderId: FIRST, lenders };
    const history = [{ command: 'ORDER', memberId: OWN_ID }];
    spec.nacsis.stored.set(ID, { id: ID, kind, state, externalStatus: STATES[state].wire, fields, history });
  }
  const members = (changes: Readonly<Record<string, Partial<Member> | undefined>>) => {
    for (const [id, change] of Object.entries(changes)) spec.nacsis.changedMembers.set(id, change);
  };
  const read = async (query = '') => {
    const { json } = await spec.call('GET', `/api/v1/requests/${ID}?side=borrower${query}`);
    return (json as { readonly request: RequestView }).request;
  };
  const forwardIn = ({ actions }: RequestView) => {
    const offer = actions.find(({ action }) => action === 'forward');
    return offer?.allowed === true ? 'offered' : offer?.reason;
  };
  const offered = async (query = '') => forwardIn(await read(query));
  const freshReads = () => spec.nacsis.memberReads.filter(({ fresh }) => fresh).length;

  it('is so while one of the candidates that remain serves, whatever the others do', async () => {
    members({ [FIRST]: { service: 'N' }, [SECOND]: { service: 'N' } });
    expect(await offered()).toBe('offered');
    expect(spec.nacsis.memberReads).toEqual([{ ids: [SECOND, THIRD], fresh: false }]);
  });

  const STOPPED: readonly (readonly [
    what: string,
    kind: IllRequest['kind'],
    change: Partial<Member> | undefined,
    reason: string,
  ])[] = [
    ['STAT=N', 'copy', { service: 'N' }, 'no-candidate-serves'],
    ['COPYS=N', 'copy', { copyService: 'N' }, 'no-candidate-serves'],
    ['COPYS=N of a loan', 'loan', { copyService: 'N' }, 'offered'],
    ['LOANS=N of a loan', 'loan', { loanService: 'N' }, 'no-candidate-serves'],
    ['LOANS=N', 'copy', { loanService: 'N' }, 'offered'],
    ['ILLFLG=N', 'copy', { participates: false }, 'no-candidate-serves'],
    ['COPYS=C with a window', 'copy', { copyService: 'C', copyVia: FIRST }, 'offered'],
    ['COPYS=C without a window', 'copy', { copyService: 'C' }, 'no-candidate-serves'],
    ['a flag that nobody knows', 'copy', { service: 'unknown' }, 'offered'],
    ['no member record', 'copy', undefined, 'no-candidate-serves'],
  ];
  for (const [what, kind, change, reason] of STOPPED)
    it(`is judged by the last candidate alone: ${what}`, async () => {
      put('INQUIRY', kind, [FIRST, SECOND]);
      members({ [SECOND]: change });
      expect(await offered()).toBe(reason);
      expect(await offered('&fresh=false')).toBe(reason);
    });

  it('is told with the reason, and where it would be possible', async () => {
    members({ [SECOND]: { service: 'N' }, [THIRD]: { copyService: 'N' } });
    const offer = (await read()).actions.find(({ action }) => action === 'forward');
    expect(offer).toEqual({
      action: 'forward',
      command: [],
      allowed: false,
      primary: false,
      reason: 'no-candidate-serves',
      possibleIn: ['INQUIRY'],
      params: [],
    });
    const others = (await read()).actions.filter(({ allowed }) => allowed).map(({ action }) => action);
    expect(others).toEqual(['answer', 'reactivate', 'cancel']);
  });

  it('is not refused on the word of the cache alone', async () => {
    put('INQUIRY', 'copy', [FIRST, SECOND]);
    spec.nacsis.remembered.set(SECOND, openMember(SECOND, { service: 'N' }));
    expect([await offered(), freshReads()]).toEqual(['offered', 1]);
  });

  it('stays so where the members cannot be read, and where they come late', async () => {
    members({ [SECOND]: { service: 'N' }, [THIRD]: { service: 'N' } });
    await read();
    const answer = spec.nacsis.members;
    spec.nacsis.members = () => Promise.reject(new NacsisError('nacsis-unavailable', 'nothing', 'not reached'));
    expect(await offered()).toBe('offered');
    spec.nacsis.members = answer;
    expect(await offered()).toBe('no-candidate-serves');
    const row = (await findRequest(store.db, '81SIM_INST', 'borrower', ID))!;
    const slow = new ForwardCheck({ members: () => new Promise(() => undefined) }, 1);
    expect(await slow.candidateServes(ACCOUNT, row)).toBeUndefined();
    const broken = new ForwardCheck({ members: () => Promise.reject(new Error('the secret inside')) });
    await expectAsync(broken.candidateServes(ACCOUNT, row)).toBeRejectedWithError('the secret inside');
  });

  it('asks the directory for nothing in another state, and where no candidate remains', async () => {
    for (const state of ['NEW_INQUIRY', 'PROCESSING', 'PREPARING', 'CANCELLED'] as const) {
      put(state);
      await read();
    }
    put('INQUIRY', 'copy', [FIRST]);
    expect(await offered()).toBe('no-candidate-remains');
    expect(spec.nacsis.memberReads).toEqual([]);
  });

  describe('before it is sent', () => {
    const rowOf = async () => {
      await read();
      spec.nacsis.memberReads.length = 0;
      return (await findRequest(store.db, '81SIM_INST', 'borrower', ID))!;
    };
    const check = () => new ForwardCheck(spec.nacsis);

    it('is refused with the request, in which it is not offered either', async () => {
      members({ [SECOND]: { service: 'N' }, [THIRD]: { service: 'N' } });
      const row = await rowOf();
      const error = await check()
        .mustServe(ACCOUNT, row, 'lenient')
        .catch((refused: unknown) => refused);
      if (!(error instanceof GatewayError)) throw new Error('not refused');
      expect([error.code, error.details.reason]).toEqual(['action-not-allowed', 'no-candidate-serves']);
      expect(forwardIn(error.details.request!)).toBe('no-candidate-serves');
      expect(spec.nacsis.memberReads.map(({ fresh }) => fresh)).toEqual([false, true]);
    });

    it('goes on where a candidate serves, and where the members cannot be read', async () => {
      const row = await rowOf();
      await expectAsync(check().mustServe(ACCOUNT, row, 'lenient')).toBeResolved();
      expect(freshReads()).toBe(0);
      spec.nacsis.readable = false;
      await expectAsync(check().mustServe(ACCOUNT, row, 'lenient')).toBeResolved();
    });

    it('is explained after NACSIS-ILL refused, by the members as they are then', async () => {
      const row = await rowOf();
      for (const id of [SECOND, THIRD]) spec.nacsis.remembered.set(id, openMember(id));
      const refusal = new GatewayError('nacsis-rejected', { nacsis: { status: '409', message: 'refused' } });
      expect(await check().whyRefused(ACCOUNT, row, 'lenient', refusal)).toBe(refusal);
      members({ [SECOND]: { service: 'N' }, [THIRD]: { service: 'N' } });
      const why = await check().whyRefused(ACCOUNT, row, 'lenient', refusal);
      expect([why.code, why.details.reason, why.details.nacsis?.status]).toEqual([
        'action-not-allowed',
        'no-candidate-serves',
        '409',
      ]);
      spec.nacsis.readable = false;
      expect(await check().whyRefused(ACCOUNT, row, 'lenient', refusal)).toBe(refusal);
    });
  });
});
