import { wireRequest } from '../../../test/support/wire-request';
import { awkwardCreate, unknownPatron } from './awkward-calls';
import type { Life } from './life';
import { hideUnanswered, holdSome, type Size } from './scenarios';
import { sow } from './sowing';
import { titleOf } from './truth';

const LATE_PATRON = 'patron010';

/** Imports requests that one library of the institution passes on to the other, and requests between the two. */
export async function betweenTwoLibraries(life: Life, { requests }: Size): Promise<void> {
  const { nacsis, libraries } = life.stack;
  const [first = '', second = ''] = libraries.map(({ memberId }) => memberId);
  const others = (await nacsis.accounts()).slice(4, 8).map(({ memberId }) => memberId);
  const records = Array.from({ length: requests }, (_, at) => {
    const kind = at % 2 === 0 ? ('copy' as const) : ('loan' as const);
    const title = { BIBG: [{ BIBNT: titleOf((life.sown += 1)) }] };
    const [borrower, lenders] =
      at % 3 === 0
        ? [first, [second]]
        : [others[at % others.length] ?? '', at % 3 === 1 ? [first, second] : [second, first]];
    return wireRequest({ kind, state: '未処理', borrower, lenders, more: title });
  });
  const seeded = await nacsis.seed(records);
  await life.run();
  for (const { ID, AMLID: lender, OMLID: borrower } of seeded) {
    if (borrower === first) continue;
    await nacsis.perform(String(lender), 'RECEIVE', String(ID));
    await nacsis.perform(String(lender), 'PARDON', String(ID));
    life.chronicle.tell('others', String(ID), `${String(lender)} refuses, it is passed on to the other library`);
  }
  await life.run({}, { strangers: true });
  await life.run({ full: true });
}

/** Changes the partner while creates are in doubt, and adds a patron that Alma did not know before. */
export async function withChangedSettings(life: Life, { requests, held }: Size): Promise<void> {
  const { stack } = life;
  const sown = await sow(life, requests, ['patron001', LATE_PATRON, 'nobody-there', undefined]);
  await holdSome(life, sown, held);
  await stack.addPartner('NACSIS2');
  await stack.addPartnerPerMember();
  life.latePatrons.add(LATE_PATRON);
  const hidden = hideUnanswered(life, sown);
  const lost = sown.filter((_, at) => at % 5 === 2).map(({ id }) => id);
  const unknown = [unknownPatron(LATE_PATRON), unknownPatron('nobody-there')];
  const isLost = ({ nacsisId = '' }: { readonly nacsisId?: string }): boolean => lost.includes(nacsisId);
  stack.alma.awkward = [...unknown, awkwardCreate('saved, not answered', isLost)];
  await life.run();
  await stack.api.saveProfile({ partner: { code: 'NACSIS2', perMember: false } });
  await life.run();
  stack.alma.awkward = [];
  await stack.api.saveProfile({ partner: { code: 'NACSIS2', perMember: true } });
  await life.run({ full: true });
  hidden.clear();
  await life.run();
  await life.run({ full: true });
}
