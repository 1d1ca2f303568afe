import { CATP_ERROR_CODES, CatpError } from './errors';

describe('CatpError', () => {
  it('has codes that callers rely on', () => {
    expect(CATP_ERROR_CODES).toEqual([
      'truncated',
      'bad-start-line',
      'bad-status',
      'bad-header',
      'missing-length',
      'bad-length',
      'bad-encoding',
      'unsupported-encoding',
      'wrong-echo',
      'bad-record',
      'bad-boundary',
      'bad-query',
      'unencodable',
    ]);
  });

  it('keeps its cause', () => {
    const cause = new Error('inner');
    const error = new CatpError('bad-encoding', 'outer', { cause });
    expect([error.code, error.name, error.cause]).toEqual(['bad-encoding', 'CatpError', cause]);
  });
});
