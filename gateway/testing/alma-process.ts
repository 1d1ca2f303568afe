import { join } from 'node:path';
import getPort from 'get-port';
import { SimulatorProcess } from '../../test/support/simulator-process';
import type { AlmaAccess } from '../alma/port';

/** The institution in the simulator's seed whose requests match those of NACSIS-ILL's first library. */
export const INSTITUTION = '81SIM_INST';

/** A fault for matching calls, in the format of `POST /_sim/faults`. */
interface AlmaProcessFault {
  readonly match: { readonly method?: string; readonly path?: string };
  readonly do: 'drop-before' | 'drop-after' | 'delay' | 'status' | 'save-then-timeout' | 'omit-key';
  readonly after?: number;
  readonly times?: number;
  readonly ms?: number;
  readonly code?: number;
  readonly errorCode?: string;
  /** For `omit-key`. */
  readonly key?: string;
}

/** A request as the simulator stores it. */
interface HeldRequest {
  readonly user?: string;
  readonly partner?: string;
  readonly request: Readonly<Record<string, unknown>>;
}
interface HeldRequests {
  readonly borrowing: readonly HeldRequest[];
  readonly lending: readonly HeldRequest[];
}

/** The Alma simulator in its own process. */
export class AlmaProcess extends SimulatorProcess {
  static async start(): Promise<AlmaProcess> {
    const ports = ['--port', String(await getPort()), '--app-port', String(await getPort())];
    const noApp = ['--app-dir', join(import.meta.dirname, 'no-app')];
    return new AlmaProcess(...(await SimulatorProcess.run('alma', [...ports, ...noApp])));
  }

  /** Access with the key that the simulator accepts for this institution. */
  async access(institution = INSTITUTION): Promise<AlmaAccess> {
    const apiKey = (await this.read<Readonly<Record<string, string>>>('api-keys'))[institution];
    if (apiKey === undefined) throw new Error(`the simulator has no institution ${institution}`);
    return { institution, apiKey };
  }

  fault(fault: AlmaProcessFault): Promise<unknown> {
    return this.write('faults', fault);
  }

  /** Number of calls per endpoint since the last reset; an endpoint is, for example, `GET /almaws/v1/users/:userId`. */
  counters(): Promise<Readonly<Record<string, number | undefined>>> {
    return this.read('counters');
  }

  requests(institution = INSTITUTION): Promise<HeldRequests> {
    return this.read(`requests?institution=${institution}`);
  }

  set(settings: Readonly<Record<string, number | boolean>>): Promise<unknown> {
    return this.write('settings', settings, 'PUT');
  }

  /** Restores the seed data, and clears faults, counters and changed settings. */
  reset(): Promise<unknown> {
    return this.write('reset', {});
  }
}
