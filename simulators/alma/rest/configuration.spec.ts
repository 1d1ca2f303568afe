import type { JsonObject } from '../model';
import { openTestAlma, type TestAlma } from '../testing/test-alma';

interface Profile {
  readonly id: string;
  readonly parameter: readonly {
    readonly action: JsonObject;
    readonly name: { readonly value: string };
    readonly value: string;
  }[];
}

describe('Alma REST, configuration', () => {
  let alma: TestAlma;
  beforeEach(async () => {
    alma = await openTestAlma();
  });

  it('lists libraries and says which do resource sharing', async () => {
    const libraries = (await alma.rest('GET', '/conf/libraries')).body['library'] as readonly JsonObject[];
    expect(libraries.map((library) => [library['code'], library['resource_sharing']])).toEqual([
      ['MAIN', false],
      ['RES_SHARE', true],
    ]);
    expect((await alma.rest('GET', '/conf/libraries/NOWHERE')).code).toBe('402119');
  });

  it('gives code tables in both languages', async () => {
    const rows = async (name: string, lang: string): Promise<readonly JsonObject[]> =>
      (await alma.rest('GET', `/conf/code-tables/${name}?lang=${lang}`)).body['row'] as readonly JsonObject[];
    expect((await rows('RequestFormats', 'en'))[0]).toEqual({
      code: 'PHYSICAL',
      description: 'Physical',
      default: true,
      enabled: true,
    });
    expect((await rows('RequestFormats', 'ja'))[0]?.['description']).toBe('現物');
    for (const name of [
      'MandatoryBorrowingWorkflowSteps',
      'OptionalBorrowingWorkflowSteps',
      'MandatoryLendingWorkflowSteps',
      'OptionalLendingWorkflowSteps',
      'RequestCancellationReasons',
    ]) {
      expect((await rows(name, 'ja')).length)
        .withContext(name)
        .toBeGreaterThan(3);
    }
    expect((await alma.rest('GET', '/conf/code-tables/Nonsense')).code).toBe('90101');
  });

  it('links the resource sharing library to its NACSIS id, and the prefix to the system numbers', async () => {
    const { body } = await alma.rest('GET', '/conf/integration-profiles?type=CENTRAL_CATALOG_INTEGRATION');
    const [profile] = body['integration_profile'] as readonly Profile[];
    const value = (name: string): string | undefined =>
      profile?.parameter.find((parameter) => parameter.name.value === name)?.value;
    expect(value('nacsisLibraryId')).toBe(alma.world.institutions[0]?.memberId);
    expect(value('rsLibrary')).toBe('RES_SHARE');
    expect((await alma.rest('GET', `/conf/integration-profiles/${profile?.id ?? ''}`)).body as unknown).toEqual(
      profile,
    );
    expect((await alma.rest('GET', '/conf/integration-profiles/1')).code).toBe('40166404');
    expect((await alma.rest('GET', '/conf/integration-profiles?type=SIS')).body['total_record_count']).toBe(0);
    const codes = (await alma.rest('GET', '/conf/code-tables/NacsisExternalSystemCodes')).body[
      'row'
    ] as readonly JsonObject[];
    expect(codes.find((row) => row['code'] === 'systemPrefix')?.['description']).toBe('NACSIS');
  });
});
