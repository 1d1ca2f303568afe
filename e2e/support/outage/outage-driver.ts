import { setTimeout as pause } from 'node:timers/promises';
import type { ActionOffer, RequestView } from '#domain/api/requests';
import { historyIn, textIn } from '../../../test/catp-client/catp-client';
import { COPY_TABLE, LOAN_TABLE } from '../../../test/fixtures/transitions.fixture';
import { dayFromNow } from '../../../test/support/wire-request';
import { meaningOf, type GatewayCall, type Reply } from '../exchange/librarian';
import type { AlmaResult } from '../alma-sim';
import type { Dice } from '../lives/dice';
import type { WireRecord } from '../nacsis-sim';
import { almaSide, fieldsOf, inputOf, usualMoves, type Life, type Move, type Scene } from './outage-life';
import type { OutageStack } from './outage-stack';

/** Steps of a request, of which some do nothing because it is another's turn. */
const MOST_STEPS = 16;
/** Percentage of steps that are not the usual ones. */
const ODD = 12;
/** Percentage of Alma's unanswered messages that Alma repeats at once; the others are repeated at the end. */
const REPEATED_AT_ONCE = 75;
/** Percentage of answers to a renewal that grant it. */
const GRANTED = 60;
const POLL_MS = 100;
/** Looks at a request after a step, until it shows. A step may also do nothing. */
const LOOKS = 6;
const OVER: readonly string[] = ['返却確認', '確認', 'CANCEL'];
/** Of a lending request in Alma, after which the same NACSIS-ILL request may come again. */
const ENDED_VISIT: readonly string[] = ['REJECTED', 'CANCELLED', 'EXPIRED'];
const BOOK = '𠮷野の民家 / 髙山民俗資料研究会編';

/** A message of Alma that nobody confirmed. */
export interface Unanswered {
  readonly life: Life;
  /** Position among the messages that Alma sent about the request, from 1. */
  readonly which: number;
}

/** Drives requests at random from Alma's buttons, the other library's CATP client and the API of the app. */
export class OutageDriver {
  readonly unanswered: Unanswered[] = [];
  moves = 0;

  constructor(
    private readonly stack: OutageStack,
    /** Other libraries that lend copies and loans. */
    private readonly others: readonly string[],
  ) {}

  async live(life: Life, dice: Dice): Promise<void> {
    await this.#begin(life, dice);
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const scene = await this.scene(life);
      if (OVER.includes(scene.state)) return;
      const move = this.#choose(life, scene, dice);
      this.moves += 1;
      if (move !== undefined) await this.#make(life, scene, move, dice);
      // What is done in NACSIS-ILL and in the app shows at once.
      if (move === undefined || move.by === 'alma') await this.#untilMoved(life, scene);
    }
  }

  /** The request as it is in NACSIS-ILL and in Alma. */
  async scene(life: Life): Promise<Scene> {
    const record = await this.patiently(() => this.#record(life));
    const alma = await this.patiently(() => this.#alma(life));
    return {
      state: textIn(record, 'STAT'),
      ...(record === undefined ? {} : { record }),
      ...(alma === undefined ? {} : { alma }),
    };
  }

  /** Repeats what only reads until everything that it needs is up. */
  async patiently<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      await this.stack.up();
      try {
        return await read();
      } catch (error) {
        if (!isOutage(error)) throw error;
        await pause(POLL_MS);
      }
    }
  }

  async #begin(life: Life, dice: Dice): Promise<void> {
    const { alma, nacsis } = this.stack;
    if (life.side === 'lender') {
      const [record] = await this.patiently(() => nacsis.order({ kind: life.kind }));
      life.id = textIn(record, 'ID');
      life.story.push(`${life.id} ordered`);
      return;
    }
    const made = await this.patiently(() => alma.createBorrowing(borrowingOf(life, dice)));
    life.almaId = made.request.request_id;
    life.story.push(`${made.request.external_id} created`);
  }

  async #record(life: Life): Promise<WireRecord | undefined> {
    const { nacsis } = this.stack;
    if (life.id !== undefined) return nacsis.record(life.id);
    const found = (await nacsis.borrowed()).find((record) => JSON.stringify(record).includes(life.tag));
    if (found !== undefined) life.id = textIn(found, 'ID');
    return found;
  }

  async #alma(life: Life): Promise<Scene['alma']> {
    const { alma } = this.stack;
    if (life.side === 'borrower') return alma.see('borrowing', life.almaId ?? '');
    const known = life.almaId === undefined ? undefined : await alma.see('lending', life.almaId);
    if (known !== undefined && !ENDED_VISIT.includes(known.request.status.value)) return known;
    const [last] = (await visitsOf(this.stack, life)).slice(-1);
    if (last !== undefined) life.almaId = last.request.request_id;
    return last;
  }

  #choose(life: Life, scene: Scene, dice: Dice): Move | undefined {
    const isOdd = dice.chance(ODD) && scene.state !== '';
    const moves = isOdd ? oddMoves(life, scene) : usualMoves(life.side, scene);
    const offered = scene.alma?.actions ?? [];
    // Alma sends no Cancel of a request that it takes as not sent: nobody can learn of it (docs/iso18626.md).
    const isSent = scene.alma?.request.status.value !== 'READY_TO_SEND';
    return dice.pick(
      moves.filter(
        (move) => move.by !== 'alma' || (offered.includes(move.action) && (isSent || move.action !== 'cancel')),
      ),
    );
  }

  async #make(life: Life, scene: Scene, move: Move, dice: Dice): Promise<void> {
    const tell = (what: string): unknown => life.story.push(`${scene.state}: ${move.by} ${what}`);
    await this.stack.up();
    try {
      if (move.by === 'alma') tell(`${move.action} ${await this.#press(life, move.action, dice)}`);
      else if (move.by === 'other') tell(`${move.command} ${await this.#command(scene, move.command, dice)}`);
      else tell(`${move.action} ${await this.#act(life, move.action, dice)}`);
    } catch (error) {
      if (isTooLate(error)) return;
      if (!isOutage(error)) throw error;
      tell('was cut');
    }
  }

  async #press(life: Life, action: string, dice: Dice): Promise<AlmaResult['how']> {
    const { alma } = this.stack;
    const side = almaSide(life.side);
    const almaId = life.almaId ?? '';
    let { how } = (await alma.act(side, almaId, action, inputOf(action, life.kind, dice.chance(GRANTED)))).result;
    // Whoever presses Send again makes a new message.
    if (action === 'send') return how;
    const timestamp = dice.chance(50) ? 'same' : 'new';
    const repeatsNow = dice.chance(REPEATED_AT_ONCE);
    while (repeatsNow && how === 'unanswered') {
      await this.stack.up();
      ({ how } = await alma.repeat(side, almaId, timestamp));
    }
    if (how === 'unanswered') await this.#keepUnanswered(life);
    return how;
  }

  async #keepUnanswered(life: Life): Promise<void> {
    const all = await this.patiently(() => this.stack.alma.messages({ requestId: life.almaId ?? '' }));
    const sent = all.filter(({ direction, repeats }) => direction === 'sent' && repeats === undefined);
    this.unanswered.push({ life, which: sent.length });
  }

  async #command({ record = {} }: Scene, command: string, dice: Dice): Promise<string> {
    const isBorrower = textIn(record, 'OMLID') !== this.stack.memberId;
    const member = textIn(record, isBorrower ? 'OMLID' : 'AMLID');
    const fields = fieldsOf(command, record, dice.chance(GRANTED));
    try {
      await this.stack.nacsis.perform(member, command, textIn(record, 'ID'), fields);
      return 'done';
    } catch (error) {
      if (isOutage(error)) throw error;
      return 'refused';
    }
  }

  async #act(life: Life, action: string, dice: Dice): Promise<string> {
    const view = await this.stack.librarian.read(life.side, life.id ?? '');
    const offer = view?.actions.find((each) => each.action === action && each.allowed);
    if (view === undefined || offer === undefined) return 'not offered';
    const version = action === 'order' ? await this.#edit(life, view) : view.version;
    if (version === undefined) return 'not edited';
    const params = paramsOf(offer, life, dice.chance(GRANTED), view);
    const body = { side: life.side, action, params, version };
    const reply = await this.#send({ method: 'POST', path: `/requests/${view.id}/actions`, body });
    const meaning = meaningOf(reply);
    if (meaning === 'done' || meaning === 'open') life.askedInApp.push(...offer.command);
    return reply.code === '' ? 'done' : reply.code;
  }

  /** Completes a draft; resolves to its new version. */
  async #edit(life: Life, { id, version }: RequestView): Promise<number | undefined> {
    const fields = {
      ...{ payment: 'pb', bibNote: `${BOOK} ${life.tag}`, orderDate: dayFromNow(0) },
      ...{ borrowerStaff: '担当 A', borrowerAddress: '見本大学附属図書館' },
      ...(life.kind === 'copy' && { copyType: '電子複写', pages: '45-67', year: '2019', article: '髙山の民家' }),
      lenders: this.others.slice(0, 3).map((memberId) => ({ memberId })),
    };
    const reply = await this.#send({ method: 'PUT', path: `/requests/${id}`, body: { version, fields } });
    return reply.request?.version;
  }

  #send(call: GatewayCall): Promise<Reply> {
    const { librarian } = this.stack;
    return librarian.persist(call, librarian.newKey(), () => this.stack.up());
  }

  async #untilMoved(life: Life, before: Scene): Promise<void> {
    for (let look = 0; look < LOOKS; look += 1) {
      await pause(POLL_MS);
      const now = await this.scene(life);
      if (marks(now) !== marks(before)) return;
    }
  }
}

/** The lending requests of Alma about this request of NACSIS-ILL, one for each visit, oldest first. */
export async function visitsOf(
  { alma }: OutageStack,
  { id = '' }: Life,
): Promise<readonly NonNullable<Scene['alma']>[]> {
  const all = await alma.lending();
  const found = all.filter((each) => each.external_id === id || each.external_id.startsWith(`${id}-`));
  return Promise.all(found.map(({ request_id }) => alma.see('lending', request_id)));
}

function marks({ record, alma }: Scene): string {
  return [textIn(record, 'STAT'), historyIn(record).length, alma?.request.status.value].join(' ');
}

function borrowingOf({ tag, kind }: Life, dice: Dice): Readonly<Record<string, unknown>> {
  const user = dice.chance(50) ? { user: 'patron001' } : {};
  const loan = { title: `見本の本 ${tag}`, author: '見本 著者', citation_type: { value: 'BK' } };
  const copy = { title: `見本の論文 ${tag}`, journal_title: '見本の雑誌', volume: '12', pages: '45-67', year: '2019' };
  return { ...user, ...(kind === 'loan' ? loan : { ...copy, citation_type: { value: 'CR' } }) };
}

/** Everything that somebody could do now, sensible or not. */
function oddMoves({ side, kind }: Life, { state, alma }: Scene): readonly Move[] {
  const theirs = side === 'borrower' ? 'L' : 'B';
  const rows = (kind === 'copy' ? COPY_TABLE : LOAN_TABLE).filter((row) => row.state === state && row.side === theirs);
  const offered = (alma?.actions ?? []).filter((action) => action !== 'send');
  return [
    ...offered.map((action): Move => ({ by: 'alma', action })),
    ...rows.map(({ command }): Move => ({ by: 'other', command })),
    ...['callback', 'accept', 'receive', 'cancel', 'return'].map((action): Move => ({ by: 'app', action })),
  ];
}

function paramsOf(
  { action, params }: ActionOffer,
  { kind }: Life,
  isYes: boolean,
  { fields }: RequestView,
): Readonly<Record<string, string>> {
  const has = (name: string): boolean => params.some((param) => param.name === name);
  const due = action === 'claim' && !isYes ? (fields.dueDate ?? '') : dayFromNow(action === 'claim' ? 45 : 30);
  return {
    ...(has('total') && { total: '870', postage: '870' }),
    ...(has('dueDate') && kind === 'loan' && { dueDate: due }),
    ...(['claim', 'answer', 'inquiry', 'reject', 'renew'].includes(action) && {
      comment: 'よろしくお願いいたします。',
    }),
  };
}

/** True when a message of the partner changed the request in Alma before the button was pressed. */
function isTooLate(error: unknown): boolean {
  return error instanceof Error && error.message.includes(' is not possible in ');
}

/** True for an error of the connection, and not of what was asked. */
function isOutage(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    (error instanceof Error && /timeout|503|502|fetch failed|ECONN/.test(`${error.name} ${error.message}`))
  );
}
