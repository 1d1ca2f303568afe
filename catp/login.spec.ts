import { loginHeader, loginIn } from './login';

describe('the login header', () => {
  it('carries user and password; the password may hold commas', () => {
    expect(loginHeader({ user: 'sim901', password: 'a,b' })).toEqual(['Authenticate', 'sim901,a,b']);
    expect(loginIn([['authenticate', 'sim901,a,b']])).toEqual({ user: 'sim901', password: 'a,b' });
  });

  it('is accepted under the name of the specification, too', () => {
    expect(loginIn([['Authentication-info', 'sim901, secret']])).toEqual({ user: 'sim901', password: 'secret' });
  });

  it('is absent when it is not of that form', () => {
    expect(loginIn([])).toBeUndefined();
    expect(loginIn([['Authenticate', 'sim901']])).toBeUndefined();
    expect(loginIn([['Authenticate', ',secret']])).toBeUndefined();
  });

  it('is refused for a user that would be cut at its comma', () => {
    for (const user of ['', 'a,b']) {
      expect(() => loginHeader({ user, password: 'x' })).toThrow(jasmine.objectContaining({ code: 'unencodable' }));
    }
  });
});
