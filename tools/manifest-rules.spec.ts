import { manifestFaults } from './manifest-rules';

const texts = (...langs: readonly string[]): readonly object[] => langs.map((lang) => ({ lang, text: `text ${lang}` }));
const good = {
  title: texts('ja', 'jp', 'en'),
  description: texts('ja', 'jp', 'en'),
  version: '0.1.0',
  contentSecurity: { connectSrc: ['https://ill.example.ac.jp'] },
};

describe('manifestFaults', () => {
  it('finds none in a good manifest', () => {
    expect(manifestFaults(good, '0.1.0')).toEqual([]);
  });

  it('wants every text in ja, jp and en', () => {
    expect(manifestFaults({ ...good, title: texts('ja', 'en') }, '0.1.0')).toEqual(['title has no text for jp']);
    expect(manifestFaults({ ...good, title: 'NACSIS-ILL' }, '0.1.0')).toEqual([
      'title must be a list of texts by language',
    ]);
    expect(manifestFaults({ ...good, description: undefined }, '0.1.0')).toEqual(['description is missing']);
  });

  it('wants the version of package.json', () => {
    expect(manifestFaults(good, '0.2.0')[0]).toMatch(/version is "0\.1\.0", package\.json says 0\.2\.0/);
  });

  for (const source of [
    'https://*.alma.exlibrisgroup.com',
    'https://ill.example.ac.jp:8443',
    'http://localhost:8402',
    'http://127.0.0.1:8402',
  ]) {
    it(`lets ${source} pass`, () => {
      expect(manifestFaults({ ...good, contentSecurity: { connectSrc: [source] } }, '0.1.0')).toEqual([]);
    });
  }

  for (const source of [
    '*',
    'https:',
    'https://*',
    'https://*.com',
    'http://ill.example.ac.jp',
    'https://a.example/path',
    'data:',
  ]) {
    it(`does not let ${source} pass`, () => {
      expect(manifestFaults({ ...good, contentSecurity: { connectSrc: [source] } }, '0.1.0').length).toBe(1);
      expect(manifestFaults({ ...good, contentSecurity: { frameSrc: [source] } }, '0.1.0').length).toBe(1);
    });
  }
});
