import { TestBed } from '@angular/core/testing';
import { of } from 'rxjs';
import { Dom } from '../testing/dom';
import { failing } from '../testing/fake-gateway';
import { ListTestBed } from '../testing/list-test-bed';
import { aProfile } from '../testing/records';
import { ListFilterStore } from './list-filter.store';
import { SavedViewsComponent } from './saved-views.component';

const LATE = { name: '期限順', query: { side: 'borrower', sort: 'due' } };

describe('SavedViewsComponent', () => {
  let at: ListTestBed;
  beforeEach(() => {
    at = new ListTestBed();
    at.gateway.profile.and.returnValue(of(aProfile([], { views: [LATE] })));
    at.gateway.putProfile.and.callFake((_library, { views = [] }) => of(aProfile([], { views })));
  });
  const open = () => new Dom(TestBed.createComponent(SavedViewsComponent));

  it('lets everybody choose a view, and shows which one is on', () => {
    const dom = open();
    expect(dom.texts('button')).toEqual([]);
    dom.fill('workList.view.label', '期限順');
    expect(TestBed.inject(ListFilterStore).choices().sort).toBe('due');
    expect(dom.labelled('workList.view.label').value).toBe('期限順');
    TestBed.inject(ListFilterStore).narrow({ q: 'x' });
    dom.settle();
    expect(dom.labelled('workList.view.label').value).toBe('');
  });

  it('shows nothing where there is nothing to choose', () => {
    at.gateway.profile.and.returnValue(of(aProfile()));
    expect(open().text.trim()).toBe('');
  });

  it('lets a manager save what is shown, under a name only', () => {
    at.session.manager();
    const dom = open();
    dom.click('workList.view.saveAs');
    expect((dom.controls('workList.view.naming.save')[0] as HTMLButtonElement).disabled).toBeTrue();
    dom.fill('workList.view.naming.name', ' あ ');
    dom.click('workList.view.naming.save');
    expect(at.gateway.putProfile.calls.mostRecent().args[1].views?.map(({ name }) => name)).toEqual(['あ', '期限順']);
    expect([dom.all('input').length, dom.labelled('workList.view.label').value]).toEqual([0, 'あ']);
  });

  it('says that a name is taken, and that no more can be saved', () => {
    at.session.manager();
    const many = Array.from({ length: 20 }, (_, each) => ({ ...LATE, name: `v${String(each)}` }));
    at.gateway.profile.and.returnValue(of(aProfile([], { views: many })));
    const dom = open();
    dom.click('workList.view.saveAs');
    dom.fill('workList.view.naming.name', 'new');
    expect([dom.text.includes('workList.view.full'), dom.controls('workList.view.naming.replace').length]).toEqual([
      true,
      0,
    ]);
    dom.fill('workList.view.naming.name', 'v3');
    expect(dom.text).not.toContain('workList.view.full');
    dom.click('workList.view.naming.replace');
    expect(at.gateway.putProfile).toHaveBeenCalledTimes(1);
  });

  it('lets a manager remove the view that is on; a refusal is told', () => {
    at.session.manager();
    const dom = open();
    dom.fill('workList.view.label', '期限順');
    at.gateway.putProfile.and.returnValue(failing('stale-version'));
    dom.click('workList.view.remove');
    expect(dom.text).toContain('error.stale-version.title');
    at.gateway.putProfile.and.returnValue(of(aProfile()));
    dom.click('workList.view.remove');
    expect([dom.all('select').length, dom.text.includes('error.')]).toEqual([0, false]);
  });

  it('can be left without saving', () => {
    at.session.manager();
    const dom = open();
    dom.click('workList.view.saveAs');
    dom.click('workList.view.naming.cancel');
    expect([dom.all('input').length, at.gateway.putProfile.calls.count()]).toEqual([0, 0]);
  });
});
