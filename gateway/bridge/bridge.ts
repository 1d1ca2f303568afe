import type { Kysely } from 'kysely';
import type { Mode } from '#domain/ill/machine';
import type { Commands } from '../commands/commands';
import type { InstitutionConfig } from '../config';
import type { Jobs } from '../jobs/jobs';
import type { NacsisPort } from '../nacsis/port';
import { ReadingsStore } from '../store/readings-store';
import type { Schema } from '../store/schema';
import type { RequestReading } from '../worklist/request-reading';
import type { BridgeMap } from './bridge-map';
import { BridgeQueue } from './bridge-queue';
import { BridgeWorker } from './bridge-worker';
import { Decisions } from './decisions';
import { DeliveryWork } from './delivery';
import { Inbox } from './inbox';
import { ISO18626 } from './iso-format';
import { IsoPartner } from './iso-partner';
import { NewRequest } from './new-request';
import { newsOf } from './news';
import { NewsLook } from './news-look';
import { OwedCommands } from './owed-commands';
import { Partners } from './partners';
import type { Delivery, PartnerPort } from './port';
import { Reception } from './reception';
import type { BridgeSettings } from './settings';

interface BridgeParts {
  readonly db: Kysely<Schema>;
  readonly jobs: Jobs;
  readonly institutions: readonly InstitutionConfig[];
  readonly nacsis: NacsisPort;
  readonly commands: Commands;
  readonly reading: RequestReading;
  readonly map: BridgeMap;
  readonly settings: BridgeSettings;
  readonly mode: Mode;
  readonly now: () => Date;
  /** Receives errors that are not in the error catalogue. */
  readonly failed: (error: unknown) => void;
  /** For the metrics. */
  readonly observeDelivery: (how: Delivery['how'], seconds: number) => void;
}

/** What the routes use of the bridge. */
export interface BridgeServices {
  readonly partners: Pick<Partners, 'withSecret' | 'takesFrom'>;
  readonly reception: Pick<Reception, 'receive'>;
  readonly decisions: Pick<Decisions, 'decide'>;
  /** Lets the bridge of the institution work soon. Never throws, and waits for nothing. */
  readonly nudge: (institution: string) => void;
}

/** The bridge to Alma's own pages: takes messages, works on them, and delivers (iso18626.md). */
export class Bridge implements BridgeServices {
  readonly partners: Partners;
  readonly reception: Reception;
  readonly decisions: Decisions;
  readonly #queue: BridgeQueue;
  readonly #worker: BridgeWorker;
  readonly #port: PartnerPort;
  readonly #failed: (error: unknown) => void;

  constructor(parts: BridgeParts) {
    const { db, jobs, institutions, map, settings, mode, now, failed } = parts;
    this.#failed = failed;
    this.#queue = new BridgeQueue({ jobs, institutions: institutions.filter(isBridged), failed });
    this.#port = partnerPort(parts);
    this.#worker = workerOf(parts, this.#port);
    const { kick } = this.#queue;
    const secretFault = (fault: string) => {
      failed(new Error(fault));
    };
    this.partners = new Partners(institutions, secretFault);
    this.reception = new Reception({ db, format: ISO18626, map, settings, mode, now, kick, failed, secretFault });
    this.decisions = new Decisions({ db, settings, now, kick, failed });
  }

  /** Works until the jobs stop. The jobs are started. */
  start(): Promise<void> {
    return this.#queue.start(this.#worker);
  }

  readonly nudge = (institution: string): void => {
    void this.#queue.kick(institution).catch(this.#failed);
  };

  /** After the jobs. */
  close(): Promise<void> {
    return this.#port.close();
  }
}

function partnerPort({ institutions, settings, observeDelivery }: BridgeParts): PartnerPort {
  const partners = new Map(
    institutions.flatMap(({ code, libraries }) =>
      libraries.map((library) => [`${code}\n${library.code}`, library.iso18626] as const),
    ),
  );
  return new IsoPartner({
    format: ISO18626,
    partnerOf: (institution, library) => partners.get(`${institution}\n${library}`),
    timeoutMs: settings.callTimeoutMs,
    observe: observeDelivery,
  });
}

function workerOf(parts: BridgeParts, partner: PartnerPort): BridgeWorker {
  const { db, nacsis, commands, reading, map, settings, mode, now, failed } = parts;
  const { actions, orders, requests } = commands;
  const newRequest = new NewRequest({ db, nacsis, orders, actions, now });
  return new BridgeWorker({
    db,
    inbox: new Inbox({ db, map, settings, mode, now, actions, requests, newRequest, failed }),
    look: new NewsLook({
      ...{ db, now },
      newsOf: (request, told, causedBy) => newsOf(request, told, causedBy, map, settings),
    }),
    owed: new OwedCommands({ db, actions, requests, now, failed }),
    delivery: new DeliveryWork({ db, partner, settings, now }),
    reading,
    readings: new ReadingsStore(db),
    readingMinutes: settings.readingMinutes,
    now,
    failed,
  });
}

function isBridged({ libraries }: InstitutionConfig): boolean {
  return libraries.some(({ iso18626 }) => iso18626 !== undefined);
}
