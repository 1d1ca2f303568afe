import { NO_WRITING, type Writing } from './ledger';
import type { Life, Items } from './life';
import { certainly, holdIt, sow, sowOne, type Sown } from './sowing';
import { holdSome, type Size } from './scenarios';
import type { Side } from './truth';

/** Only two patrons, so that mentions meet requests of the same patron. */
const PATRONS = ['patron001', 'patron002'] as const;
/**
 * Number of requests mentioned per side. Those of the second half are also mentioned in another Alma request, which is
 * unrelated to NACSIS-ILL.
 */
const MENTIONS = 4;
const COLLECTIVE_PATRON = 'ILL000';
const ENDED = 'REQUEST_COMPLETED';
/** Number of requests per side whose id staff records between two runs. */
const LATER = 4;

/** Forms of the id by which staff means this request, but which could be read differently. */
function plainly(id: string, at: number): Writing {
  const blank = `${id.slice(0, 2)} ${id.slice(2, 7)} ${id.slice(7)}`;
  const wide = [...id].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)).join('');
  const forms: readonly Omit<Writing, 'isCertain'>[] = [
    { name: 'external id with blanks', externalId: blank },
    { name: 'note, id with blanks', note: `NACSIS-ILL ${blank}` },
    { name: 'note, glued to words', note: `依頼${id}済` },
    { name: 'note, glued to letters', note: `NACSISILL${id}` },
    { name: 'external id, lower case', externalId: id.toLowerCase() },
    { name: 'note, full width', note: `ＮＡＣＳＩＳ－ＩＬＬ　${wide}` },
  ];
  return { ...forms[at % forms.length]!, isCertain: false };
}

/**
 * Mentions of other requests, forms of the id, ids recorded later, ended requests, and requests of the collective
 * patron.
 */
export async function withAllWritings(life: Life, { requests, held }: Size): Promise<void> {
  const { stack, ledger } = life;
  await stack.almaSim('PUT', 'settings', { listsEndedApart: true });
  const sown = await sow(life, requests, PATRONS);
  const left = [...sown];
  await holdMentions(life);
  for (const side of ['borrower', 'lender'] as const) {
    for (let at = 0; at < 6; at += 1)
      await heldOne(life, left, side, (request) => holdIt(life, request, plainly(request.id, at)));
    for (let at = 0; at < 4; at += 1)
      await heldOne(life, left, side, (request) => holdIt(life, request, certainly(request.id, at), ENDED));
  }
  for (let at = 0; at < 4; at += 1)
    await heldOne(life, left, 'borrower', ({ id: nacsisId, side, title }) =>
      ledger.hold({ side, title, nacsisId, writing: certainly(nacsisId, at), user: COLLECTIVE_PATRON }),
    );
  await holdSome(life, left, held);
  const paper = await papersOf(life);
  await compared(life);
  await writeLater(life, paper);
  await life.run();
  await life.run({ full: true });
}

/** Compares the dry run with the run. */
async function compared(life: Life): Promise<void> {
  const promised: Items = await life.dryRun();
  life.compare(promised, await life.run({}, { kills: 1, strangers: true }));
}

/** Puts the next request of this side that is not cancelled in NACSIS-ILL into Alma by `hold`. */
async function heldOne(life: Life, left: Sown[], side: Side, hold: (request: Sown) => Promise<string>): Promise<void> {
  const at = left.findIndex((each) => each.side === side && each.status !== 'CANCEL');
  if (at < 0) return;
  const [request] = left.splice(at, 1);
  if (request === undefined) return;
  life.chronicle.tell('staff', request.id, `held as ${await hold(request)}`);
}

/**
 * Mentions requests cancelled in NACSIS-ILL in Alma requests for other NACSIS-ILL requests, and some of them also in an
 * Alma request that is not for NACSIS-ILL.
 */
async function holdMentions(life: Life): Promise<void> {
  for (const side of ['borrower', 'lender'] as const)
    for (let at = 0; at < MENTIONS; at += 1) {
      // Sows the mentioned request first, before anything says that the Alma request belongs to the other request.
      const mentioned = await sowOne(life, side, 'CANCEL', PATRONS[0]);
      const { id, ...request } = await sowOne(life, side, '処理中', PATRONS[0]);
      const writings: readonly Writing[] = [
        {
          name: `mark, ${mentioned.id} mentioned`,
          note: `NACSIS-ILL ${id} (${mentioned.id} は取消済み)`,
          isCertain: true,
        },
        { name: `id, ${mentioned.id} mentioned`, externalId: id, note: `${mentioned.id} の再依頼`, isCertain: true },
      ];
      await holdIt(life, { id, ...request }, writings[at % writings.length]!);
      if (at < writings.length) continue;
      const user = side === 'borrower' ? { user: PATRONS[0] } : {};
      const note = `${mentioned.id} の件で利用者より問合せ。`;
      const writing = { name: `${mentioned.id} mentioned`, note, isCertain: false };
      await life.ledger.hold({ side, ...user, writing });
    }
}

type Paper = { readonly almaId: string; readonly side: Side; readonly patron?: string };

/** Puts requests into Alma before they are ordered. */
async function papersOf({ ledger }: Life): Promise<readonly Paper[]> {
  const papers: Paper[] = [];
  for (let at = 0; at < LATER; at += 1) {
    const patron = PATRONS[at % PATRONS.length] ?? '';
    papers.push({
      almaId: await ledger.hold({ side: 'borrower', user: patron, writing: NO_WRITING }),
      side: 'borrower',
      patron,
    });
    papers.push({ almaId: await ledger.hold({ side: 'lender', writing: NO_WRITING }), side: 'lender' });
  }
  return papers;
}

/** Orders these requests and records their ids in Alma, as staff usually does from a patron's form to NACSIS-ILL. */
async function writeLater(life: Life, papers: readonly Paper[]): Promise<void> {
  const patrons = papers.flatMap(({ patron }) => patron ?? []);
  const ordered = await sow(life, papers.length, patrons);
  for (const side of ['borrower', 'lender'] as const) {
    const requests = ordered.filter((request) => request.side === side);
    const some = papers.filter((paper) => paper.side === side);
    for (const [at, { almaId }] of some.entries()) {
      const id = requests[at]?.id ?? '';
      await life.ledger.write(almaId, id, certainly(id, at));
      life.chronicle.tell('staff', id, `written into ${almaId}`);
    }
  }
}
