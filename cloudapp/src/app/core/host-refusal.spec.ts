import { HostError } from './app-error';
import { hostRefusal } from './host-refusal';

const alma = (error: unknown) => hostRefusal(error).details.alma;

describe('hostRefusal', () => {
  it('is always a refusal by the host, with its cause', () => {
    for (const error of [undefined, null, 'no', 7, {}, new Error('x'), { error: null }]) {
      const refusal = hostRefusal(error);
      expect([refusal.code, refusal.cause]).toEqual(['host-refused', error]);
    }
  });

  it('gives a HostError back as it is', () => {
    const error = new HostError('host-timeout');
    expect(hostRefusal(error)).toBe(error);
  });

  it('reads the error list of the REST API in JSON', () => {
    const listed = { errorCode: '402203', errorMessage: 'Input parameters mmsId 1 is not valid.' };
    const rest = { status: 400, message: 'Http failure', error: { errorsExist: true, errorList: { error: [listed] } } };
    expect(alma(rest)).toEqual({ code: '402203', message: listed.errorMessage });
  });

  it('reads the one that was XML', () => {
    const listed = { errorCode: 'UNAUTHORIZED', errorMessage: 'API-key not defined' };
    expect(alma({ error: { web_service_result: { errorList: { error: listed } } } })).toEqual({
      code: 'UNAUTHORIZED',
      message: listed.errorMessage,
    });
  });

  it('falls back on the status and the message', () => {
    expect(
      alma({ status: 401, message: 'You are not authorized to perform the requested action.', error: null }),
    ).toEqual({
      code: '401',
      message: 'You are not authorized to perform the requested action.',
    });
  });

  it('reads the raw payload of store, settings and config', () => {
    expect(alma({ error: 'No permission' })).toEqual({ message: 'No permission' });
    expect(alma({ error: { message: 'No permission', status: 403 } })).toEqual({
      code: '403',
      message: 'No permission',
    });
  });

  it('does not hand on words that say nothing', () => {
    expect(alma({ message: '[object Object]' })).toEqual({});
    expect(alma({ message: '  ', status: 0 })).toEqual({});
  });

  it('does not put the words of a programming error into the mouth of Alma', () => {
    expect(alma(new TypeError("Cannot read properties of undefined (reading 'errorMessage')"))).toEqual({});
    expect(alma(new SyntaxError('Unexpected token < in JSON'))).toEqual({});
  });
});
