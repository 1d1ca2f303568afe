import type { Command } from '#domain/ill/commands';
import { addDays } from '#domain/ill/dates';
import type { Kind } from '#domain/ill/kinds';
import type { RequestFields } from '#domain/ill/request';
import type { StateId } from '#domain/ill/states';

const COMMENTS: Partial<Readonly<Record<Command, string>>> = {
  ORDER: 'よろしくお願いいたします。',
  INQUIRE: '該当の巻号に論文が見当たりません。書誌事項をご確認ください。',
  ANSWER: '確認しました。巻号は依頼のとおりです。よろしくお願いいたします。',
  CLAIM: '内容に不足があります。ご確認をお願いいたします。',
  PARDON: '製本中のため、お受けできません。',
  RENEW: '2週間の延長をお願いいたします。',
  SENDBACK: 'ありがとうございました。',
  CANCEL: '申込者の都合により取り消します。',
};

/** Charges in yen: postage only for a loan, pages and postage for a copy. */
const CHARGES: Readonly<Record<Kind, RequestFields>> = {
  copy: {
    charges: [{ item: 'A4 白黒', quantity: '15', unitPrice: '40', amount: '600' }],
    postage: '140',
    total: '740',
  },
  loan: { postage: '870', total: '870' },
};

/** The fields that a command requires and its comment, as a librarian would enter them on this day (yyyyMMdd). */
export function commandContent(
  command: Command,
  from: StateId | null,
  kind: Kind,
  day: string,
): RequestFields & { readonly comment?: string } {
  const comment = COMMENTS[command];
  return { ...fieldsOf(command, from, kind, day), ...(comment === undefined ? {} : { comment }) };
}

function fieldsOf(command: Command, from: StateId | null, kind: Kind, day: string): RequestFields {
  if (command === 'SEND')
    return from === 'PROCESSING'
      ? { shipDate: day, ...CHARGES[kind], ...(kind === 'loan' ? { dueDate: addDays(day, 30) } : {}) }
      : {};
  if (command === 'SENDBACK') return { returnDate: day };
  if (command !== 'RECEIVE') return {};
  switch (from) {
    case 'UNPROCESSED':
      return { acceptDate: day };
    case 'SHIPPED':
      return { arrivalDate: day };
    case 'SENT_BACK':
      return { checkInDate: day };
    default:
      return {};
  }
}
