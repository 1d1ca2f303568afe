import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { SessionService } from '../core/session.service';
import { Dom } from '../testing/dom';
import { FakeSession } from '../testing/fake-session';
import { BRANCH, LIBRARY } from '../testing/records';
import { LibraryChoiceComponent } from './library-choice.component';

describe('LibraryChoiceComponent', () => {
  let session: FakeSession;

  beforeEach(() => {
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: SessionService, useValue: session }],
    });
  });
  const open = () => new Dom(TestBed.createComponent(LibraryChoiceComponent));

  it('asks nothing where there is one library', () => {
    expect(open().all('select').length).toBe(0);
  });

  it('shows the library that is worked for, and lets another one be chosen', () => {
    session.libraries.set([LIBRARY, BRANCH]);
    session.library.set(BRANCH);
    const dom = open();
    expect([dom.texts('option'), dom.field('select').value]).toEqual([[LIBRARY.name, BRANCH.name], BRANCH.code]);
    dom.choose('select', LIBRARY.code);
    expect(session.chooseLibrary).toHaveBeenCalledOnceWith(LIBRARY.code);
  });
});
