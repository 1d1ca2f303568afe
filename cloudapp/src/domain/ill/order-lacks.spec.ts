import { lacksOf, orderLacks } from './order-lacks';
import type { RequestFields } from './request';
import { UNKNOWN_VOLUME } from './validation';

const LOAN: RequestFields = {
  payment: 'pb',
  bibNote: '見本の書名',
  borrowerStaff: '担当 A',
  borrowerAddress: '東京都',
  lenders: [{ memberId: 'FA090018' }],
};
const COPY: RequestFields = { ...LOAN, copyType: '電子複写', volume: '12(3)', pages: '10-24' };

describe('orderLacks', () => {
  it('names what the table requires of an order, in its order', () => {
    expect(orderLacks('loan', {})).toEqual(['payment', 'bibId', 'lenders', 'borrowerStaff', 'borrowerAddress']);
    expect(orderLacks('copy', {})).toEqual([
      'payment',
      'bibId',
      'lenders',
      'borrowerStaff',
      'borrowerAddress',
      'copyType',
      'volume',
      'pages',
    ]);
  });

  it('lacks nothing when all is there: the date of the order is set with it', () => {
    expect(orderLacks('loan', LOAN)).toEqual([]);
    expect(orderLacks('copy', COPY)).toEqual([]);
  });

  it('takes any of the three bibliographic fields', () => {
    const { bibNote: _, ...without } = LOAN;
    expect(orderLacks('loan', without)).toEqual(['bibId']);
    for (const name of ['bibId', 'bibNote', 'standardNumber'])
      expect(orderLacks('loan', { ...without, [name]: 'x' })).toEqual([]);
  });

  it('counts blanks as nothing, and an unknown volume as a volume', () => {
    expect(orderLacks('copy', { ...COPY, volume: ' ', lenders: [], payment: '' })).toEqual([
      'payment',
      'lenders',
      'volume',
    ]);
    expect(orderLacks('copy', { ...COPY, volume: UNKNOWN_VOLUME })).toEqual([]);
  });
});

describe('lacksOf', () => {
  it('is about requests in 準備中 on the borrowing side only', () => {
    const request = { kind: 'loan', state: 'PREPARING', fields: { ...LOAN, lenders: [] } } as const;
    expect(lacksOf(request, 'borrower')).toEqual(['lenders']);
    expect(lacksOf(request, 'lender')).toBeUndefined();
    expect(lacksOf({ ...request, state: 'UNPROCESSED' }, 'borrower')).toBeUndefined();
    expect(lacksOf({ ...request, state: null }, 'borrower')).toBeUndefined();
  });
});
