import { askedFields, OFFERED_FIELDS } from './action-params';
import { FIELDS, type FieldName } from './fields';
import type { Kind } from './kinds';
import { offerFor } from './machine';
import { NEW_RECORD } from './request';
import type { StateId } from './states';
import { TRANSITIONS } from './transitions';
import type { Action } from './commands';

type Flags = Partial<Parameters<typeof offerFor>[0]>;

/** Notation: `name` optional field, `name!` required, `name=today` prefilled. */
function asked(state: StateId, kind: Kind, side: 'borrower' | 'lender', action: Action, flags: Flags = {}): string {
  const offer = offerFor({ ...NEW_RECORD(kind), ...flags, state }, side, action);
  if (!offer.allowed) throw new Error(`${action} is not allowed in ${state}: ${offer.refusal}`);
  const fields = askedFields(offer.edges, kind);
  return fields
    .map(({ name, required, default: value }) => name + (required ? '!' : '') + (value ? `=${value}` : ''))
    .join(' ');
}

describe('askedFields', () => {
  it('offers own number, staff and address when a request is accepted', () => {
    const expected = 'acceptDate!=today lenderNumber lenderStaff lenderAddress comment';
    expect(asked('UNPROCESSED', 'copy', 'lender', 'accept')).toBe(expected);
    expect(asked('ANSWERED', 'copy', 'lender', 'accept')).toBe('comment');
    expect(asked('SENT_BACK', 'loan', 'lender', 'accept')).toBe('checkInDate!=today comment');
  });

  it('asks for charges when something is shipped, and of a loan for the due date', () => {
    const copy = 'shipDate!=today charges fee postage total! lenderNumber comment';
    expect(asked('PROCESSING', 'copy', 'lender', 'ship')).toBe(copy);
    expect(asked('PROCESSING', 'loan', 'lender', 'ship')).toBe(copy.replace('total!', 'total! dueDate!'));
  });

  it('asks for corrections when a claim is answered', () => {
    const claimOpen = { claimOpen: true };
    expect(asked('PROCESSING', 'copy', 'lender', 'ship', claimOpen)).toBe('charges fee postage total comment');
    expect(asked('PROCESSING', 'loan', 'lender', 'ship', claimOpen)).toBe('charges fee postage total dueDate comment');
  });

  it('asks for what an inquiry, a refusal and the answer to a renewal need', () => {
    expect(asked('PROCESSING', 'copy', 'lender', 'inquiry')).toBe('total comment!');
    expect(asked('PROCESSING', 'copy', 'lender', 'reject')).toBe('comment!');
    expect(asked('RETURN_PROCESSING', 'loan', 'lender', 'claim')).toBe('dueDate comment');
    expect(asked('RETURN_PROCESSING', 'loan', 'lender', 'check-in')).toBe('checkInDate comment');
  });

  it('asks the borrower for days and comments', () => {
    expect(asked('SHIPPED', 'copy', 'borrower', 'accept')).toBe('arrivalDate=today comment');
    expect(asked('ON_LOAN', 'loan', 'borrower', 'return')).toBe('returnDate!=today comment');
    expect(asked('ARRIVED', 'copy', 'borrower', 'claim')).toBe('comment!');
    expect(asked('ARRIVED', 'copy', 'borrower', 'receive')).toBe('comment');
  });

  it('asks for nothing of an order but a comment, and once for what both steps of a chain take', () => {
    expect(asked('PREPARING', 'copy', 'borrower', 'order')).toBe('comment');
    expect(asked('UNPROCESSED', 'copy', 'borrower', 'cancel')).toBe('comment');
  });
});

describe('OFFERED_FIELDS', () => {
  it('speak of edges that there are, each once, and of fields that their side may write', () => {
    for (const row of OFFERED_FIELDS) {
      const edges = TRANSITIONS.filter(
        (edge) => edge.from === row.from && edge.side === row.side && edge.command === row.command,
      );
      const wanted = row.to === undefined ? edges : edges.filter(({ to }) => to === row.to);
      expect([row.command, wanted.length > 0]).toEqual([row.command, true]);
      const scalars = row.fields.filter((name): name is Exclude<FieldName, 'lenders' | 'charges'> => name in FIELDS);
      expect(new Set(scalars.map((name) => FIELDS[name].setBy))).toEqual(new Set([row.side]));
      const same = OFFERED_FIELDS.filter((each) => each.from === row.from && each.command === row.command);
      expect(new Set(same.map(({ to }) => to)).size).toBe(same.length);
    }
  });
});
