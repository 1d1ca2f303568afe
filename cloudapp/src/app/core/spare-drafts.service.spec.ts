import { TestBed } from '@angular/core/testing';
import { FakeSession } from '../testing/fake-session';
import { aStoredDraft } from '../testing/records';
import { SessionService } from './session.service';
import { SPARE_STORAGE, SpareDraftsService } from './spare-drafts.service';

const { updatedAt: _updatedAt, ...DRAFT } = aStoredDraft();

describe('SpareDraftsService', () => {
  let storage: Storage;
  let session: FakeSession;
  beforeEach(() => {
    storage = sessionStorage;
    storage.clear();
    session = new FakeSession();
    TestBed.configureTestingModule({
      providers: [
        { provide: SPARE_STORAGE, useFactory: () => storage },
        { provide: SessionService, useValue: session },
      ],
    });
  });
  afterEach(() => storage.clear());
  const spare = () => TestBed.inject(SpareDraftsService);
  const typedIn = (values: Record<string, string>) => ({ ...DRAFT, content: { ...DRAFT.content, typed: values } });

  it('keeps a draft until it is dropped', () => {
    expect(spare().keep(typedIn({ volume: '12' }))).toBeTrue();
    expect(spare().merged([])).toEqual([jasmine.objectContaining(typedIn({ volume: '12' }))]);
    spare().drop(DRAFT.draftId);
    expect(spare().merged([])).toEqual([]);
  });

  it('never writes what is about the patron', () => {
    spare().keep(typedIn({ volume: '12', applicant: '利用者 001', applicantAffiliation: '所属 A' }));
    const written = Object.keys(storage)
      .map((key) => storage.getItem(key) ?? '')
      .join();
    expect(written).toContain('12');
    expect(written).not.toContain('利用者');
    expect(written).not.toContain('所属');
  });

  it('keeps no order of unknown outcome: the gateway has it', () => {
    expect(spare().keep({ ...DRAFT, content: { ...DRAFT.content, pending: {} } })).toBeFalse();
    expect(storage.length).toBe(0);
  });

  it('goes before the older draft of the gateway', () => {
    spare().keep(typedIn({ volume: '12' }));
    const other = aStoredDraft({ draftId: 'draft-0002' });
    expect(
      spare()
        .merged([aStoredDraft(), other])
        .map(({ draftId }) => draftId),
    ).toEqual([DRAFT.draftId, 'draft-0002']);
    expect(spare().merged([aStoredDraft()])[0]?.content['typed']).toEqual({ volume: '12' });
  });

  it('is the drafts of this user only', () => {
    spare().keep(typedIn({ volume: '12' }));
    session.session.set({
      state: 'ok',
      value: { ...session.loaded, me: { ...session.loaded.me, user: { ...session.loaded.me.user, id: 'staff002' } } },
    });
    expect(spare().merged([])).toEqual([]);
  });

  it('passes over what others wrote, and does without a storage', () => {
    spare().keep(typedIn({ volume: '12' }));
    const [key = ''] = Object.keys(storage);
    for (const text of ['', '{', 'null', '[]', '{"draftId":1}']) {
      storage.setItem(key, text);
      expect(spare().merged([])).withContext(text).toEqual([]);
    }
    TestBed.resetTestingModule().configureTestingModule({
      providers: [
        { provide: SPARE_STORAGE, useValue: undefined },
        { provide: SessionService, useValue: session },
      ],
    });
    expect(spare().keep(DRAFT)).toBeFalse();
    expect(spare().merged([])).toEqual([]);
  });
});
