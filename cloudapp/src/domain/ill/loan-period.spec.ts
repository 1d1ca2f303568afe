import { loanDaysIn, proposedDueDate } from './loan-period';

describe('loanDaysIn', () => {
  it('reads the ways in which libraries write a period', () => {
    const cases: Readonly<Record<string, number>> = {
      '30日': 30,
      '30日間': 30,
      '２週間': 14,
      '2 週間': 14,
      '1か月': 30,
      '１ヶ月': 30,
      '1ヵ月以内': 30,
      '1カ月': 30,
      '1ケ月': 30,
      '2箇月': 60,
      '一ヶ月': 30,
      '二週間': 14,
      '十四日': 14,
      '三十日': 30,
      '二十一日間': 21,
      '4 weeks': 28,
      '1 Month': 30,
      '21days': 21,
      '到着日から14日（更新1回7日）': 14,
      '366日': 366,
    };
    for (const [text, days] of Object.entries(cases)) expect(loanDaysIn(text)).withContext(text).toBe(days);
  });

  it('understands nothing where there is no period, rather than something wrong', () => {
    const texts = [
      '',
      '応相談',
      '0日',
      '367日',
      '13か月',
      '1234日',
      '2.5週間',
      '1年',
      '12月28日まで',
      '2～3週間',
      '2-3週間',
    ];
    for (const text of texts) expect(loanDaysIn(text)).withContext(text).toBeUndefined();
    expect(loanDaysIn(undefined)).toBeUndefined();
  });
});

describe('proposedDueDate', () => {
  it('counts from the day of shipping, over months and leap days', () => {
    expect(proposedDueDate('20240215', 14)).toBe('20240229');
    expect(proposedDueDate('20241215', 30)).toBe('20250114');
  });

  it('has nothing to count from without a day', () => {
    expect(() => proposedDueDate('2024-02-15', 14)).toThrowError(RangeError);
  });
});
