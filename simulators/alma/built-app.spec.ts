import { contentSecurityPolicy, sandboxOf, titleOf, toManifest } from './built-app';

describe('what the built manifest decides', () => {
  const manifest = toManifest({
    title: [
      { lang: 'en', text: 'Loans' },
      { lang: 'ja', text: '相互利用' },
    ],
    contentSecurity: {
      connectSrc: ['https://gateway.example'],
      frameSrc: ['https://frames.example'],
      sandbox: { modals: true, downloads: true, popups: false },
    },
  });

  it('makes the policy of production, with the running gateway, without eval and inline scripts', () => {
    const policy = contentSecurityPolicy(manifest, ['http://127.0.0.1:4000']);
    expect(policy).toBe(
      "default-src 'none'; style-src 'self' 'unsafe-inline' fonts.googleapis.com; script-src 'self'; font-src 'self' fonts.gstatic.com *.ext.exlibrisgroup.com; " +
        "img-src 'self' data: https:; connect-src 'self' https://gateway.example http://127.0.0.1:4000; frame-src 'self' https: https://frames.example",
    );
  });

  it('has a policy without a manifest too', () => {
    expect(contentSecurityPolicy(undefined, [])).toContain("connect-src 'self';");
  });

  it('refuses a source that would add a directive', () => {
    expect(() => toManifest({ contentSecurity: { connectSrc: ["https://a; script-src 'unsafe-eval'"] } })).toThrowError(
      /source/,
    );
    expect(() => toManifest({ contentSecurity: { connectSrc: ['https://a https://b'] } })).toThrowError(/source/);
  });

  it('grants what the sandbox asks for and nothing else', () => {
    expect(sandboxOf(manifest)).toBe('allow-scripts allow-same-origin allow-forms allow-modals allow-downloads');
    expect(sandboxOf(undefined)).toBe('allow-scripts allow-same-origin allow-forms');
    expect(
      sandboxOf(
        toManifest({
          contentSecurity: { sandbox: { 'popups': true, 'popups-to-escape-sandbox': true, 'top-navigation': true } },
        }),
      ),
    ).toBe('allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox');
  });

  it('takes the title of the language, else the English one', () => {
    expect(titleOf(manifest, 'ja')).toBe('相互利用');
    expect(titleOf(manifest, 'fr')).toBe('Loans');
    expect(titleOf(toManifest({ title: 'One' }), 'ja')).toBe('One');
  });
});
