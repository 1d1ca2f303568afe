import { INSTITUTIONS, LIBRARY, readApiKeys } from '../../../tools/gateway-config';
import type { StackUrls } from '../../../tools/stack-processes';
import { ImportApi } from '../import-api';
import type { Chronicle } from '../lives/chronicle';
import { NacsisSim } from '../nacsis-sim';
import { TestStack } from '../stack';
import { AwkwardAlma } from './awkward-alma';

/**
 * The only non-default settings of the gateway: it looks for an unanswered create after four seconds instead of ninety.
 */
const TIME_LIMITS = { callTimeoutMs: 3_000, createSettleSeconds: 1 };
/** Raises the simulator's limits. The gateway's calls stay below Alma's limits anyway. */
const NO_LIMITS = { apiCallsPerSecond: 100_000, apiCallsPerDay: 10_000_000 };
/** A second library of the first institution. It uses the account after those of the institutions. */
const SECOND_LIBRARY = { code: 'MED_SHARE', name: '医学図書館' } as const;

export interface DoublesOptions {
  readonly chronicle: Chronicle;
  /** `imports.stepSeconds`. */
  readonly stepSeconds: number;
  readonly hasSecondLibrary?: boolean;
}

/** The whole stack with a proxied Alma. */
export class DoublesStack {
  readonly institution = INSTITUTIONS[0];

  private constructor(
    private readonly test: TestStack,
    readonly alma: AwkwardAlma,
    readonly nacsis: NacsisSim,
    readonly api: ImportApi,
    readonly libraries: readonly { readonly code: string; readonly memberId: string }[],
  ) {}

  static async start({ chronicle, stepSeconds, hasSecondLibrary = false }: DoublesOptions): Promise<DoublesStack> {
    const alma = await AwkwardAlma.start(chronicle);
    const moreLibraries = hasSecondLibrary ? [SECOND_LIBRARY] : [];
    const test = await TestStack.start({
      almaUrl: alma.url,
      alma: TIME_LIMITS,
      imports: { stepSeconds },
      moreLibraries,
      isAlmaKept: false,
    });
    const { urls } = test.stack;
    alma.passTo(urls.alma);
    const nacsis = new NacsisSim(urls.nacsis);
    const accounts = await nacsis.accounts();
    const libraries = [LIBRARY, ...moreLibraries].map(({ code }, at) => ({
      code,
      memberId: accounts[at === 0 ? 0 : INSTITUTIONS.length + at - 1]?.memberId ?? '',
    }));
    const stack = new DoublesStack(test, alma, nacsis, new ImportApi(urls), libraries);
    await stack.almaSim('PUT', 'settings', NO_LIMITS);
    for (const library of moreLibraries) await stack.almaSim('POST', 'libraries', library);
    return stack;
  }

  get urls(): StackUrls {
    return this.test.stack.urls;
  }

  /** Calls a test control of the Alma simulator. */
  async almaSim<T = unknown>(method: 'POST' | 'PUT', path: string, body: object): Promise<T> {
    const response = await fetch(`${this.urls.alma}/_sim/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Makes each library that borrows from the first one a separate partner in Alma. */
  async addPartnerPerMember(): Promise<void> {
    const members = new Set((await this.nacsis.lent()).map(({ OMLID: member }) => String(member)));
    for (const member of members) await this.addPartner(member);
  }

  /** Adds a partner to Alma. */
  async addPartner(code: string): Promise<void> {
    const keys = await readApiKeys(this.urls.alma);
    const partner_details = {
      ...{
        code,
        name: code,
        status: 'ACTIVE',
        system_type: { value: 'OTHER' },
        profile_details: { profile_type: 'EMAIL' },
      },
      ...{ borrowing_supported: true, lending_supported: true, currency: 'JPY' },
    };
    const response = await fetch(`${this.urls.alma}/almaws/v1/partners`, {
      method: 'POST',
      headers: { 'authorization': `apikey ${keys[this.institution] ?? ''}`, 'content-type': 'application/json' },
      body: JSON.stringify({ partner_details, contact_info: {}, notes: {} }),
    });
    if (!response.ok) throw new Error(`partner ${code}: ${String(response.status)} ${await response.text()}`);
  }

  /** Kills the gateway as a power cut would, and restarts it with its remaining data. */
  async killAndRestart(): Promise<void> {
    await this.test.stack.killGateway();
    await this.test.stack.startGateway();
  }

  async stop(): Promise<void> {
    await this.test.stop();
    await this.alma.stop();
  }
}
