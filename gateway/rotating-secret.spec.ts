import { SecretFile } from './rotating-secret';

describe('a secret in a file', () => {
  const rule = (value: string) => (value.startsWith('good') ? undefined : 'is wrong');
  let content: string | undefined;
  let stamp: string;
  let reads: number;
  let nowMs: number;
  let faults: string[];
  let secret: SecretFile;

  const current = () => secret.current((fault) => void faults.push(fault));
  const later = (changes: { readonly content?: string | undefined; readonly stamp?: string }) => {
    if ('content' in changes) ({ content } = changes);
    stamp = changes.stamp ?? stamp;
    nowMs += 1_001;
  };

  beforeEach(() => {
    [content, stamp, reads, nowMs, faults] = ['good-old', '1', 0, 0, []];
    const files = {
      read: () => {
        reads += 1;
        if (content === undefined) throw new Error('gone');
        return content;
      },
      stamp: () => {
        if (content === undefined) throw new Error('gone');
        return stamp;
      },
    };
    secret = new SecretFile(['good-old'], 'the.setting', 'secret.txt', files, rule, () => nowMs);
  });

  it('is read again when the file changed, and only then', () => {
    later({});
    expect(current()).toEqual(['good-old']);
    expect(reads).toBe(0);
    later({ content: 'good-old\ngood-new\n', stamp: '2' });
    expect(current()).toEqual(['good-old', 'good-new']);
    later({ content: 'good-new\n', stamp: '3' });
    expect(current()).toEqual(['good-new']);
    expect(reads).toBe(2);
    expect(faults).toEqual([]);
  });

  it('is looked at once a second at most', () => {
    later({});
    current();
    [content, stamp] = ['good-new', '2'];
    nowMs += 999;
    expect(current()).toEqual(['good-old']);
    nowMs += 2;
    expect(current()).toEqual(['good-new']);
  });

  it('keeps the last good values of a file that is gone, and says so once', () => {
    later({ content: undefined });
    expect(current()).toEqual(['good-old']);
    later({});
    expect(current()).toEqual(['good-old']);
    expect(faults).toEqual(['the.setting: the file secret.txt cannot be read; the last secrets stay valid']);
    later({ content: 'good-new', stamp: '2' });
    expect(current()).toEqual(['good-new']);
    later({ content: undefined });
    current();
    expect(faults.length).toBe(2);
  });

  it('keeps the last good values of a file that is wrong or empty, and names no value', () => {
    for (const [wrong, fault] of [
      ['good\nbad-secret', 'is wrong'],
      ['', 'is empty'],
      ['good1\ngood2\ngood3', 'holds more than two lines'],
    ] as const) {
      later({ content: wrong, stamp: wrong });
      expect(current()).toEqual(['good-old']);
      expect(faults.pop()).toBe(`the.setting: the file secret.txt ${fault}; the last secrets stay valid`);
      later({ content: 'good-old', stamp: `${wrong} mended` });
      current();
    }
    expect(faults).toEqual([]);
  });
});
