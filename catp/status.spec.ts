import { isRefusal, isSuccess, STATUS, STATUS_FORM, statusOf } from './status';

describe('status codes', () => {
  it('are of the known form, and none stands twice', () => {
    const codes = Object.values(STATUS).map(({ code }) => code);
    expect(codes.every((code) => STATUS_FORM.test(code))).toBeTrue();
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('have reasons that a status line can carry', () => {
    expect(Object.values(STATUS).every(({ reason }) => /^[A-Z ]+$/.test(reason))).toBeTrue();
  });

  it('are decided by class; 300 is a success', () => {
    expect(['200', '299', '300'].map(isSuccess)).toEqual([true, true, true]);
    expect(['301', '400', '422', '500', '503', '', '20'].map(isSuccess)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(['400', '401', '409', '422'].map(isRefusal)).toEqual([true, true, true, true]);
    expect(['200', '300', '301', '500', '503', '', '4'].some(isRefusal)).toBeFalse();
  });

  it('are written with their reason', () => {
    expect(statusOf('notAllowedNow')).toEqual({ status: '409', reason: 'NOT ALLOWED IN THIS STATE' });
  });
});
