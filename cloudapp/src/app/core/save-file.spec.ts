import { saveFile } from './save-file';

describe('saveFile', () => {
  it('has the browser save the file under its name, and leaves nothing behind', async () => {
    const made: Blob[] = [];
    const make = URL.createObjectURL.bind(URL);
    spyOn(URL, 'createObjectURL').and.callFake((file) => {
      made.push(file as Blob);
      return make(file);
    });
    const clicked: { readonly href: string; readonly name: string }[] = [];
    const seen = (event: Event): void => {
      event.preventDefault();
      const { href, download } = event.target as HTMLAnchorElement;
      clicked.push({ href, name: download });
    };
    document.addEventListener('click', seen);
    saveFile(new Blob(['\uFEFF依頼']), 'import.csv', document);
    document.removeEventListener('click', seen);
    expect(clicked).toEqual([{ href: jasmine.stringMatching('^blob:') as unknown as string, name: 'import.csv' }]);
    expect(await made[0]?.text()).toBe('依頼');
    expect(document.querySelectorAll('a[download]').length).toBe(0);
  });
});
