import { DOCUMENT } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { ViewportService } from './viewport.service';

describe('ViewportService', () => {
  /** A window whose width the spec sets. */
  class FakeQuery {
    matches = false;
    private readonly listeners: ((event: { readonly matches: boolean }) => void)[] = [];

    addEventListener(name: string, listener: (event: { readonly matches: boolean }) => void): void {
      expect(name).toBe('change');
      this.listeners.push(listener);
    }

    becomes(matches: boolean): void {
      for (const listener of this.listeners) listener({ matches });
    }
  }

  let query: FakeQuery;
  let asked: string[];

  function start(window: object | null): ViewportService {
    TestBed.configureTestingModule({ providers: [{ provide: DOCUMENT, useValue: { defaultView: window } }] });
    return TestBed.inject(ViewportService);
  }

  beforeEach(() => {
    query = new FakeQuery();
    asked = [];
  });

  const windowOfQuery = () => ({
    matchMedia: (media: string) => {
      asked.push(media);
      return query;
    },
  });

  it('knows at once whether there is room for two columns', () => {
    query.matches = true;
    expect(start(windowOfQuery()).isWide()).toBeTrue();
    expect(asked).toEqual(['(min-width: 800px)']);
  });

  it('follows when Alma opens the full screen and closes it again', () => {
    const viewport = start(windowOfQuery());
    const seen = [viewport.isWide()];
    for (const isWide of [true, false]) {
      query.becomes(isWide);
      seen.push(viewport.isWide());
    }
    expect(seen).toEqual([false, true, false]);
  });

  it('is narrow where no window can be asked', () => {
    expect(start(null).isWide()).toBeFalse();
  });
});
