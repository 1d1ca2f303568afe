import actionsMessages from '../../i18n/actions.json';
import { checkComment } from '../../domain/ill/validation';
import {
  commentOf,
  REASONS,
  reasonsFor,
  replyText,
  wishIn,
  wishText,
  withReason,
  type ReasonId,
} from './action-reasons';

const IDS = Object.keys(REASONS) as readonly ReasonId[];

describe('REASONS', () => {
  it('are sent as they stand on the button, which in English has a gloss', () => {
    const words = actionsMessages.en.reason as Readonly<Record<string, string>>;
    for (const id of IDS) {
      expect(actionsMessages.ja.reason[id]).toBe(REASONS[id]);
      expect(words[id]?.startsWith(`${REASONS[id]} · `))
        .withContext(id)
        .toBeTrue();
      expect(checkComment(REASONS[id])).toEqual([]);
    }
  });

  it('are each offered somewhere', () => {
    const offered = new Set(
      (['reject', 'inquiry', 'answer', 'claim', 'ship'] as const).flatMap((action) =>
        (['borrower', 'lender'] as const).flatMap((side) =>
          (['copy', 'loan'] as const).flatMap((kind) => reasonsFor({ action, side, kind, claimOpen: true })),
        ),
      ),
    );
    expect([...offered].sort()).toEqual([...IDS].sort());
  });
});

describe('reasonsFor', () => {
  it('of a refusal has those of the manual, each kind its own', () => {
    const texts = (kind: 'copy' | 'loan') =>
      reasonsFor({ action: 'reject', side: 'lender', kind, claimOpen: false }).map((id) => REASONS[id]);
    expect(texts('copy')).toEqual(['欠号', '未着', '未所蔵', '製本中', '貸出中', '複写不可（劣化資料）']);
    expect(texts('loan').at(-1)).toBe('貸出不可（貴重書）');
  });

  it('has none for what needs no reason', () => {
    expect(reasonsFor({ action: 'accept', side: 'lender', kind: 'copy', claimOpen: false })).toEqual([]);
    expect(reasonsFor({ action: 'ship', side: 'lender', kind: 'copy', claimOpen: false })).toEqual([]);
  });
});

describe('withReason', () => {
  it('puts it behind what is there, once', () => {
    expect(withReason('', '欠号')).toBe('欠号');
    expect(withReason(' 12巻 ', '欠号')).toBe('12巻、欠号');
    expect(withReason('12巻、欠号', '欠号')).toBe('12巻、欠号');
  });
});

describe('the wish of a renewal', () => {
  it('is found again in the comment that it went into', () => {
    const text = wishText('2026-12-24', ' 授業で使用 ');
    expect(text).toBe('更新希望: 2026-12-24 授業で使用');
    expect([wishIn(text), wishIn('更新希望：20261224'), wishIn('よろしく'), wishIn(undefined)]).toEqual([
      '20261224',
      '20261224',
      undefined,
      undefined,
    ]);
  });
});

describe('commentOf', () => {
  it('is what was typed, with the wish before it', () => {
    expect([
      commentOf({ typed: undefined }),
      commentOf({ typed: 'a' }),
      commentOf({ typed: undefined, wish: '2026-12-24' }),
      commentOf({ typed: 'a', wish: '' }),
    ]).toEqual(['', 'a', '更新希望: 2026-12-24', 'a']);
  });

  it('answers a renewal in words, until other words are typed', () => {
    const reply = { choice: 'grant', dueDate: '2026-12-24' } as const;
    expect([
      commentOf({ typed: undefined, reply }),
      commentOf({ typed: '', reply }),
      commentOf({ typed: undefined, reply: { ...reply, choice: 'refuse' } }),
    ]).toEqual([replyText('grant', '2026-12-24'), '', replyText('refuse', '2026-12-24')]);
    expect(replyText('refuse', '2026-12-24')).toContain('2026-12-24');
  });
});
