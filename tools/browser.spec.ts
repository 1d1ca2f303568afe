import { findBrowser, installedCandidates, missingLibraries } from './browser';

describe('browser', () => {
  it('looks for every name in every folder of the search path', () => {
    const found = installedCandidates('/opt/bin::/usr/bin');
    expect(found[0]).toBe('/opt/bin/chromium');
    expect(found).toContain('/usr/bin/google-chrome');
    expect(found.length).toBe(8);
  });

  it('reads the missing libraries from ldd', () => {
    const output =
      '\tlinux-vdso.so.1 (0x0000)\n\tlibnss3.so => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0000)\n\tlibnspr4.so => not found\n';
    expect(missingLibraries(output)).toEqual(['libnss3.so', 'libnspr4.so']);
  });

  it('does not pass over a CHROME_BIN that does not run', async () => {
    await expectAsync(findBrowser({ CHROME_BIN: '/nonexistent/chromium', PATH: '' })).toBeRejectedWithError(
      /CHROME_BIN.*\/nonexistent\/chromium/,
    );
  });
});
