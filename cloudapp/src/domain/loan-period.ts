import { addDays } from './dates';

const DAYS = { 日: 1, 週: 7, か月: 30, ヶ月: 30, カ月: 30, ヵ月: 30, 月: 30, day: 1, week: 7, month: 30 } as const;
const PERIOD = /(\d{1,3})\s*(日|週|か月|ヶ月|カ月|ヵ月|月|day|week|month)/iu;
const LONGEST = 366;

/** Days of a lending period as member records write it (LOANP is free text: 「2週間」「30日」「1か月」, a month counted as 30 days); undefined for what is not understood. */
export function loanDaysIn(text: string | undefined): number | undefined {
  const [, number, unit] = PERIOD.exec((text ?? '').normalize('NFKC')) ?? [];
  const days = Number(number ?? 0) * (DAYS[(unit ?? '').toLowerCase() as keyof typeof DAYS] ?? 0);
  return days > 0 && days <= LONGEST ? days : undefined;
}

/** The due date that is proposed: shipping day + lending period (NL38-02). yyyyMMdd */
export function proposedDueDate(shipDate: string, days: number): string {
  return addDays(shipDate, days);
}
