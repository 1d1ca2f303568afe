import { TestBed } from '@angular/core/testing';
import { provideTranslateService } from '@ngx-translate/core';
import { DeskService } from '../core/desk.service';
import { Dom } from '../testing/dom';
import { FakeDesk } from '../testing/fake-desk';
import { BRANCH, LIBRARY } from '../testing/records';
import { LibraryChoiceComponent } from './library-choice.component';

describe('LibraryChoiceComponent', () => {
  let desk: FakeDesk;

  beforeEach(() => {
    desk = new FakeDesk();
    TestBed.configureTestingModule({
      providers: [provideTranslateService(), { provide: DeskService, useValue: desk }],
    });
  });
  const open = () => new Dom(TestBed.createComponent(LibraryChoiceComponent));

  it('asks nothing where there is one library', () => {
    expect(open().all('select').length).toBe(0);
  });

  it('shows the library that is worked for, and lets another one be chosen', () => {
    desk.libraries.set([LIBRARY, BRANCH]);
    desk.library.set(BRANCH);
    const dom = open();
    expect([dom.texts('option'), dom.field('select').value]).toEqual([[LIBRARY.name, BRANCH.name], BRANCH.code]);
    dom.choose('select', LIBRARY.code);
    expect(desk.chooseLibrary).toHaveBeenCalledOnceWith(LIBRARY.code);
  });
});
