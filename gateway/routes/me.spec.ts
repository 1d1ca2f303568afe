import { MANAGER, NOBODY, READER, STAFF, STRANGER, type SpecApp } from '../testing/spec-app';
import { useOneSpecApp } from '../testing/use-spec-app';

describe('GET /me', () => {
  let spec: SpecApp;
  useOneSpecApp((started) => ({ spec } = started));

  it('says who calls and for which libraries, without the secrets of the configuration', async () => {
    const { status, json } = await spec.call('GET', '/api/v1/me');
    expect(status).toBe(200);
    expect(json).toEqual({
      institution: '81SIM_INST',
      user: { id: 'staff001', mayRead: true, mayAct: true, mayManage: false },
      libraries: [
        { code: 'RES_SHARE', name: '相互利用係', memberId: 'FA090007', writer: 'rest' },
        { code: 'BRANCH', name: '相互利用係', memberId: 'FA090062', writer: 'rest' },
      ],
      mode: 'lenient',
    });
  });

  it('knows each by the token of that call', async () => {
    const libraries = async (as: string) => {
      const { json } = await spec.call('GET', '/api/v1/me', { as });
      return (json as { libraries: { memberId: string }[] }).libraries.map(({ memberId }) => memberId);
    };
    expect(await libraries(STRANGER)).toEqual(['FA090051']);
    expect(await libraries(STAFF)).toEqual(['FA090007', 'FA090062']);
  });

  for (const [as, mayRead, mayAct, mayManage] of [
    [NOBODY, false, false, false],
    [READER, true, false, false],
    [STAFF, true, true, false],
    [MANAGER, true, true, true],
  ] as const) {
    it(`says of ${as} what their roles allow`, async () => {
      const { json } = await spec.call('GET', '/api/v1/me', { as });
      expect((json as { user: object }).user).toEqual(jasmine.objectContaining({ mayRead, mayAct, mayManage }));
    });
  }
});
