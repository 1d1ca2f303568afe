import type { Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { SessionService } from '../core/session.service';
import { ImportClient } from '../imports/import.client';
import { RunStream } from '../imports/run-stream';
import { FakeSession } from './fake-session';
import { fakeImports, fakeRunStream } from './fake-imports';

/** Test bed of the import pages: a session, an import job and its run stream. */
export class ImportTestBed {
  readonly session = new FakeSession();
  readonly imports = fakeImports();
  readonly stream = fakeRunStream();

  constructor(...more: readonly Provider[]) {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: SessionService, useValue: this.session },
        { provide: ImportClient, useValue: this.imports },
        { provide: RunStream, useValue: this.stream },
        ...more,
      ],
    });
  }
}
