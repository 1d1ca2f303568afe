import type { Side } from './kinds';
import { inquiryMeaning, partnerSaid } from './partner-said';
import type { HistoryEntry, IllRequest } from './request';
import type { StateId } from './states';

const BORROWER = 'FA090007';
const LENDERS = ['FA090018', 'FA090029', 'FA09003X'];
const SKIPPED = 'サービス休止中につきシステムが転送しました。';
const ALL_REFUSED = '指定した全ての受付館で謝絶されました。';

/** `1 INQUIRE 巻号？`: commands of the borrower (B) or of a lender, by its number, with a comment. */
function requestWith(state: StateId, side: Side, ...steps: readonly string[]): IllRequest & { readonly side: Side } {
  const history = steps.map((step): HistoryEntry => {
    const [who = '', command = '', comment = ''] = step.split(' ');
    return { command, memberId: who === 'B' ? BORROWER : (LENDERS[Number(who) - 1] ?? ''), comment };
  });
  const fields = { borrowerId: BORROWER, lenderId: LENDERS[0] ?? '' };
  return { id: 'LA0000000001', kind: 'copy', side, state, externalStatus: '', fields, history };
}

const ORDERED = ['B ORDER 急ぎです', '1 RECEIVE'] as const;

describe('partnerSaid', () => {
  const said = (...given: Parameters<typeof requestWith>): string | undefined =>
    partnerSaid(requestWith(...given))?.comment;

  it('is the last comment of the other side, whatever came after it', () => {
    const asked = [...ORDERED, '1 INQUIRE 巻号は？', 'B RECEIVE'] as const;
    expect(said('INQUIRY', 'borrower', ...asked)).toBe('巻号は？');
    expect(said('INQUIRY', 'lender', ...asked)).toBe('急ぎです');
    const answered = [...asked, 'B ANSWER 12巻です'] as const;
    expect(said('ANSWERED', 'lender', ...answered)).toBe('12巻です');
    expect(said('PROCESSING', 'borrower', ...answered, '1 RECEIVE')).toBe('巻号は？');
  });

  it('is the reason of the refusal, and not the note of NACSIS-ILL behind it', () => {
    const refused = [...ORDERED, '1 PARDON 貸出中', `2 PARDON ${SKIPPED}`] as const;
    expect(said('UNPROCESSED', 'borrower', ...refused)).toBe('貸出中');
    expect(said('NEW_INQUIRY', 'borrower', ...refused, '3 RECEIVE', '3 PARDON 欠号', `3 PARDON ${ALL_REFUSED}`)).toBe(
      '欠号',
    );
  });

  it('is known from a history that the table cannot explain, too', () => {
    expect(said('SHIPPED', 'borrower', '1 PARDON 欠号', `2 PARDON ${SKIPPED}`)).toBe('欠号');
  });

  it('is nothing while the other side has written nothing', () => {
    expect(said('PROCESSING', 'borrower', ...ORDERED)).toBeUndefined();
    expect(said('PREPARING', 'borrower')).toBeUndefined();
  });
});

describe('inquiryMeaning', () => {
  const meaning = (state: StateId, ...steps: readonly string[]) =>
    inquiryMeaning(requestWith(state, 'borrower', ...ORDERED, ...steps));

  it('tells a question from a refusal by everybody', () => {
    expect(meaning('NEW_INQUIRY', '1 INQUIRE 巻号は？')).toBe('asked');
    expect(meaning('INQUIRY', '1 INQUIRE 巻号は？', 'B RECEIVE')).toBe('asked');
    expect(meaning('NEW_INQUIRY', '1 PARDON 欠号', `1 PARDON ${ALL_REFUSED}`)).toBe('refused');
    expect(meaning('INQUIRY', '1 PARDON 欠号', 'B RECEIVE')).toBe('refused');
  });

  it('goes by the last of both', () => {
    const asked = ['1 INQUIRE 料金', 'B RECEIVE', 'B ANSWER 了承', '1 RECEIVE', '1 PARDON 欠号'] as const;
    expect(meaning('NEW_INQUIRY', ...asked)).toBe('refused');
  });

  it('is open in other states, and where the history says nothing', () => {
    expect(meaning('PROCESSING')).toBeUndefined();
    expect(inquiryMeaning(requestWith('NEW_INQUIRY', 'borrower'))).toBeUndefined();
  });
});
