import { copyText } from './copy-text';

describe('copyText', () => {
  const clipboard = () => spyOn(navigator.clipboard, 'writeText');

  const command = () => spyOn(document, 'execCommand');

  it('writes to the clipboard where it may', async () => {
    const [write, older] = [clipboard().and.resolveTo(), command()];
    expect(await copyText('a\tb', document)).toBeTrue();
    expect(write).toHaveBeenCalledOnceWith('a\tb');
    expect(older).not.toHaveBeenCalled();
  });

  it('selects and copies where the frame has no right to the clipboard, and leaves nothing behind', async () => {
    clipboard().and.rejectWith(new Error('denied'));
    let selected = '';
    command().and.callFake(() => {
      selected = document.querySelector('textarea')?.value ?? '';
      return true;
    });
    expect(await copyText('a\tb', document)).toBeTrue();
    expect([selected, document.querySelector('textarea')]).toEqual(['a\tb', null]);
  });

  it('says so where neither is possible', async () => {
    clipboard().and.rejectWith(new Error('denied'));
    const older = command().and.returnValue(false);
    expect(await copyText('x', document)).toBeFalse();
    older.and.throwError('not here');
    expect(await copyText('x', document)).toBeFalse();
    expect(document.querySelector('textarea')).toBeNull();
  });
});
