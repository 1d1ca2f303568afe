import type { Bib, JsonObject } from '../model';
import { openTestAlma, type TestAlma } from '../testing/test-alma';

describe('Alma REST, bibs', () => {
  let alma: TestAlma;
  let bibs: readonly Bib[];
  beforeEach(async () => {
    alma = await openTestAlma();
    const [institution] = alma.world.institutions;
    bibs = institution ? alma.world.bibsOf(institution) : [];
  });

  it('gives one record with its MARCXML as a text in anies[0]', async () => {
    const { body } = await alma.rest('GET', `/bibs/${bibs[0]?.mmsId ?? ''}`);
    const [xml] = body['anies'] as readonly string[];
    expect(body['mms_id']).toBe(bibs[0]?.mmsId);
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-16"\?><record><leader>/);
    expect(xml).toMatch(/<\/record>$/);
  });

  it('leaves the MARCXML out of the brief view', async () => {
    expect((await alma.rest('GET', `/bibs/${bibs[0]?.mmsId ?? ''}?view=brief`)).body['anies']).toBeUndefined();
    expect((await alma.rest('GET', `/bibs/${bibs[0]?.mmsId ?? ''}?view=short`)).code).toBe('40166411');
  });

  it('gives several records in the order asked for, and an error for one that is not there', async () => {
    const { body } = await alma.rest('GET', `/bibs?mms_id=${bibs[5]?.mmsId ?? ''},${bibs[2]?.mmsId ?? ''}`);
    expect((body['bib'] as readonly JsonObject[]).map((bib) => bib['mms_id'] as string)).toEqual([
      bibs[5]?.mmsId ?? '',
      bibs[2]?.mmsId ?? '',
    ]);
    expect(body['total_record_count']).toBe(2);
    expect((await alma.rest('GET', `/bibs?mms_id=${bibs[5]?.mmsId ?? ''},1`)).code).toBe('402203');
    expect(
      (await alma.rest('GET', `/bibs?mms_id=${Array.from({ length: 101 }, () => bibs[0]?.mmsId).join(',')}`)).code,
    ).toBe('402203');
    expect((await alma.rest('GET', '/bibs')).code).toBe('402203');
  });

  it('finds a record by its number of another system, prefix included', async () => {
    const withNcid = bibs.find((bib) => bib.systemNumbers.some((number) => number.startsWith('(NACSIS)')));
    const number = withNcid?.systemNumbers[0] ?? '';
    const { body } = await alma.rest('GET', `/bibs?other_system_id=${encodeURIComponent(number)}`);
    expect((body['bib'] as readonly { readonly mms_id: string }[])[0]?.mms_id).toBe(withNcid?.mmsId);
    expect((await alma.rest('GET', `/bibs?other_system_id=${number.replace('(NACSIS)', '')}`)).body).toEqual({
      total_record_count: 0,
    });
  });

  it('adds availability to a held record only', async () => {
    const text = async (held: boolean): Promise<string> =>
      (await alma.rest('GET', `/bibs/${bibs.find((bib) => bib.held === held)?.mmsId ?? ''}?expand=p_avail`)).text;
    expect(await text(true)).toContain('tag=\\"AVA\\"');
    expect(await text(false)).not.toContain('AVA');
  });
});
