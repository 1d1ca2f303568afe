import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { SessionService } from '../core/session.service';
import { GatewayClient } from '../core/gateway.client';
import { LIST_CLOCK, POLL_INTERVAL } from '../worklist/list-timing';
import { FakeSession } from './fake-session';
import { fakeGateway, type FakeGateway } from './fake-gateway';

/** Test bed of the work list: a session, a gateway and a settable clock. Does not poll unless an interval is given. */
export class ListTestBed {
  readonly session = new FakeSession();
  readonly gateway: FakeGateway = fakeGateway();
  now = new Date('2026-11-24T01:43:00.000Z');

  constructor(pollInterval = 1_000_000) {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: SessionService, useValue: this.session },
        { provide: GatewayClient, useValue: this.gateway },
        { provide: LIST_CLOCK, useValue: () => this.now },
        { provide: POLL_INTERVAL, useValue: pollInterval },
      ],
    });
  }

  /** The last list query. */
  get asked() {
    return this.gateway.requests.calls.mostRecent().args[0];
  }

  later(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  settle(): void {
    for (let round = 0; round < 4; round += 1) TestBed.flushEffects();
  }
}
