import { DEFAULT_GATEWAY_URL, DEFAULT_INSTITUTION, normalGatewayUrl, readInstitution } from './institution-settings';

const stored = { ...DEFAULT_INSTITUTION, gatewayUrl: 'https://ill.example/base' };

describe('readInstitution', () => {
  it('has defaults where nothing was ever saved', () => {
    for (const raw of [undefined, null, {}])
      expect(readInstitution(raw)).toEqual({ ok: true, settings: DEFAULT_INSTITUTION });
  });

  it('reads what was saved', () => {
    const own = {
      ...stored,
      ncidPrefixes: ['NACSIS', '(NCID)'],
      staffTemplate: '{{staff}}',
      payment: 'pr',
      copyType: '',
      sendingMethod: '速達',
      patronLimit: 5,
    };
    expect(readInstitution(own)).toEqual({ ok: true, settings: own });
  });

  it("takes over a document of version 1, which knew no patron's limit", () => {
    const { patronLimit: _, ...first } = { ...stored, version: 1, payment: 'pr' };
    expect(readInstitution(first)).toEqual({ ok: true, settings: { ...stored, payment: 'pr', patronLimit: 0 } });
  });

  it('takes over a document without a version, with defaults for what it lacks', () => {
    expect(readInstitution({ gatewayUrl: 'https://ill.example/', payment: 'pr' })).toEqual({
      ok: true,
      settings: { ...DEFAULT_INSTITUTION, gatewayUrl: 'https://ill.example', payment: 'pr' },
    });
  });

  it('does not hand on parts that it does not know', () => {
    expect(readInstitution({ ...stored, apiKey: 'x' })).toEqual({ ok: true, settings: stored });
  });

  it('refuses what is no object', () => {
    for (const raw of ['{}', 7, true, [], [stored]])
      expect(readInstitution(raw)).toEqual({ ok: false, fault: 'not-an-object' });
  });

  it('refuses the document of a newer app, so that saving does not destroy it', () => {
    for (const version of [3, '2', '1', 0, null])
      expect(readInstitution({ ...stored, version })).toEqual({ ok: false, fault: 'newer-version' });
  });

  it('refuses a gateway address that is none', () => {
    for (const gatewayUrl of [
      '',
      'ill.example',
      'http://ill.example',
      'ftp://ill.example',
      'javascript:alert(1)',
      5,
      null,
    ]) {
      expect(readInstitution({ ...stored, gatewayUrl }))
        .withContext(String(gatewayUrl))
        .toEqual({ ok: false, fault: 'bad-gateway-url' });
    }
  });

  it('refuses a value that has not its form, each of them', () => {
    const wrong = {
      ncidPrefixes: ['NACSIS', ['NACSIS', 7], null, {}],
      staffTemplate: [7, null, 'x'.repeat(501)],
      payment: ['zz', 1, null, 'toString'],
      copyType: ['electronic', null],
      sendingMethod: ['regular', []],
      patronLimit: [-1, 101, 1.5, NaN, '5', null],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        expect(readInstitution({ ...stored, [name]: value }))
          .withContext(`${name} ${JSON.stringify(value)}`)
          .toEqual({ ok: false, fault: 'bad-value' });
      }
    }
  });

  it("takes any patron's limit from none to the most that Alma tells", () => {
    for (const patronLimit of [0, 1, 100])
      expect(readInstitution({ ...stored, patronLimit })).toEqual({ ok: true, settings: { ...stored, patronLimit } });
  });

  it('lets nothing be preselected', () => {
    const none = { ...stored, payment: '', copyType: '', sendingMethod: '', ncidPrefixes: [], staffTemplate: '' };
    expect(readInstitution(none)).toEqual({ ok: true, settings: none });
  });

  it('has defaults that it would read itself', () => {
    expect(readInstitution(DEFAULT_INSTITUTION)).toEqual({ ok: true, settings: DEFAULT_INSTITUTION });
  });
});

describe('normalGatewayUrl', () => {
  it('takes https anywhere, http on this machine only', () => {
    expect(normalGatewayUrl('https://ill.example')).toBe('https://ill.example');
    for (const local of ['http://localhost:8402', 'http://127.0.0.1:8402', 'http://[::1]:8402'])
      expect(normalGatewayUrl(local)).toBe(local);
    for (const other of ['http://ill.example', 'http://localhost.evil.example', 'http://10.0.0.1'])
      expect(normalGatewayUrl(other)).toBeUndefined();
  });

  it('drops blanks around it and slashes at its end, keeps a path', () => {
    expect(normalGatewayUrl('  https://ILL.example:8443/gateway// ')).toBe('https://ill.example:8443/gateway');
  });

  it('takes no user, password, query or fragment', () => {
    for (const part of [
      'https://user@ill.example',
      'https://u:p@ill.example',
      'https://ill.example?x=1',
      'https://ill.example#x',
    ]) {
      expect(normalGatewayUrl(part)).withContext(part).toBeUndefined();
    }
  });

  it('takes the default', () => {
    expect(normalGatewayUrl(DEFAULT_GATEWAY_URL)).toBe(DEFAULT_GATEWAY_URL);
  });
});
