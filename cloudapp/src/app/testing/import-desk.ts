import type { Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTranslateService } from '@ngx-translate/core';
import { DeskService } from '../core/desk.service';
import { ImportClient } from '../imports/import.client';
import { RunStream } from '../imports/run-stream';
import { FakeDesk } from './fake-desk';
import { fakeImports, fakeRunStream } from './fake-imports';

/** Test bed of the import pages: a desk, an import job and its run stream. */
export class ImportDesk {
  readonly desk = new FakeDesk();
  readonly imports = fakeImports();
  readonly stream = fakeRunStream();

  constructor(...more: readonly Provider[]) {
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        provideTranslateService(),
        { provide: DeskService, useValue: this.desk },
        { provide: ImportClient, useValue: this.imports },
        { provide: RunStream, useValue: this.stream },
        ...more,
      ],
    });
  }
}
