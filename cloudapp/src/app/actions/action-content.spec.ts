import type { Action } from '../../domain/ill/commands';
import { addDays, today } from '../../domain/ill/dates';
import { offerOf, requestIn } from '../testing/offers';
import { calculationOf, faultsOf, inputOf, warningsOf, type FormContent } from './action-content';
import { placedParams, stepsOf } from './action-steps';
import { usual } from './chain-memory.service';
import { NO_CHARGES } from './charge-draft';

function content(
  action: Action,
  situation: Parameters<typeof requestIn>,
  values: FormContent['values'] = {},
  changes: Partial<FormContent> = {},
): FormContent {
  const request = requestIn(...situation);
  const offer = offerOf(request, action);
  const steps = stepsOf(offer, usual(offer));
  const places = placedParams(steps, request, false);
  return { request, many: false, steps, places, values, charges: NO_CHARGES, ...changes };
}
const codes = (of: FormContent) => faultsOf(of).map(({ field, code }) => `${field} ${code}`);
const COPY = { lines: [{ item: 'A4', quantity: '10', unitPrice: '35' }], fee: '', postage: '100' };
const NOW = today();

describe('inputOf', () => {
  it('gives each step what it asked for', () => {
    const values = { acceptDate: NOW, lenderNumber: ' L-1 ', shipDate: NOW, comment: '発送しました' };
    expect(inputOf(content('accept', ['UNPROCESSED', 'lender'], values, { charges: COPY }))).toEqual({
      params: { acceptDate: NOW, lenderNumber: 'L-1' },
      then: {
        action: 'ship',
        params: {
          shipDate: NOW,
          comment: '発送しました',
          charges: [{ item: 'A4', quantity: '10', unitPrice: '35', amount: '350' }],
          postage: '100',
          total: '450',
        },
      },
    });
  });

  it('sends only what differs from the record, and deletes what was cleared', () => {
    const fields = { lenderNumber: 'L-1', lenderStaff: '担当 A', comment: 'x' } as object;
    const given = { acceptDate: NOW, lenderNumber: 'L-1', lenderStaff: '', comment: '' };
    const { steps, ...form } = content('accept', ['UNPROCESSED', 'lender', 'copy', { fields }], given);
    expect(inputOf({ ...form, steps: steps.slice(0, 1) })).toEqual({ params: { acceptDate: NOW, lenderStaff: '' } });
  });

  it('compares with no record where it is for many', () => {
    const fields = { lenderStaff: '担当 A' };
    const form = content('accept', ['UNPROCESSED', 'lender', 'copy', { fields }], { lenderStaff: '担当 A' });
    expect([inputOf(form).params, inputOf({ ...form, many: true }).params]).toEqual([{}, { lenderStaff: '担当 A' }]);
  });
});

describe('faultsOf', () => {
  it('is nothing where all is well', () => {
    const values = { acceptDate: NOW, shipDate: NOW };
    expect(codes(content('accept', ['UNPROCESSED', 'lender'], values, { charges: COPY }))).toEqual([]);
  });

  it('names what is missing, in either step', () => {
    expect(codes(content('accept', ['UNPROCESSED', 'lender', 'loan']))).toEqual([
      'acceptDate required',
      'shipDate required',
      'dueDate required',
      'total required',
    ]);
    expect(codes(content('reject', ['PROCESSING', 'lender'], { comment: '  ' }))).toEqual(['comment required']);
  });

  it('names what has not the right form', () => {
    const comment = 'あ'.repeat(342);
    expect(codes(content('reject', ['PROCESSING', 'lender'], { comment }))).toEqual(['comment too-long']);
    const values = { acceptDate: '20261399', lenderNumber: '12345678901', shipDate: NOW };
    expect(codes(content('accept', ['UNPROCESSED', 'lender'], values, { charges: COPY }))).toEqual([
      'acceptDate bad-date',
      'lenderNumber too-long',
    ]);
  });

  it('wants charges that can be calculated, and a 0 that was typed where there are none', () => {
    const form = (charges: typeof COPY) => content('ship', ['PROCESSING', 'lender'], { shipDate: NOW }, { charges });
    expect(codes(form({ ...COPY, lines: [{ item: '', quantity: '', unitPrice: '35' }] }))).toEqual(['total required']);
    expect(codes(form({ lines: [], fee: '', postage: '' }))).toEqual(['total required']);
    expect(codes(form({ lines: [], fee: '0', postage: '' }))).toEqual([]);
  });

  it('lets the answer to a claim leave the charges alone, but not take them away', () => {
    const claimed = (total: string) => {
      const form = content('ship', ['PROCESSING', 'lender', 'copy', { fields: { total, claimFlag: '1' } }]);
      return codes({ ...form, places: [{ name: 'charges', required: false, step: 0 }] });
    };
    expect([claimed(''), claimed('450')]).toEqual([[], ['total required']]);
  });

  it('wants a wish from tomorrow on', () => {
    const wish = (day: string) => codes(content('renew', ['ON_LOAN', 'borrower', 'loan'], {}, { wish: day }));
    expect([wish(''), wish(NOW), wish('2026'), wish(addDays(NOW, 1))]).toEqual([
      ['wishedDate required'],
      ['wishedDate bad-date'],
      ['wishedDate bad-date'],
      [],
    ]);
  });
});

describe('warningsOf', () => {
  it('looks at what is entered together with the record', () => {
    const fields = { orderDate: NOW };
    const form = content('accept', ['UNPROCESSED', 'lender', 'copy', { fields }], { acceptDate: addDays(NOW, -2) });
    expect(warningsOf(form).map(({ field, code }) => `${field} ${code}`)).toEqual(['acceptDate before-earlier-step']);
    expect(warningsOf({ ...form, many: true })).toEqual([]);
  });
});

describe('calculationOf', () => {
  it('has no total while nothing was typed', () => {
    expect(calculationOf(NO_CHARGES)).toEqual({ amounts: [], total: undefined, faults: [] });
    expect(calculationOf(COPY).total).toBe(450);
  });
});
