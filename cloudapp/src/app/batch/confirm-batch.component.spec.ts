import { linesOfParams } from './confirm-batch.component';

describe('linesOfParams', () => {
  it('shows days with hyphens, sums in yen, each charge, and the comment last', () => {
    const lines = linesOfParams({
      comment: '20261124',
      total: '20260101',
      dueDate: '20261224',
      charges: [{ item: 'A4', quantity: '10', unitPrice: '35' }],
    });
    expect(lines.map(({ label, value }) => [label, value])).toEqual([
      ['field.dueDate', '2026-12-24'],
      ['field.charges', 'A4 10 × ¥35'],
      ['field.total', '¥20,260,101'],
      ['field.comment', '20261124'],
    ]);
  });

  it('shows nothing that is not there', () => {
    expect(linesOfParams({})).toEqual([]);
  });
});
