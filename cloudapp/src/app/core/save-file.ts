/** Milliseconds after which a browser has surely taken the file up. */
const TAKEN_UP = 60_000;

/**
 * Has the browser save the file under this name. It does so in Alma's frame, too, where the manifest asks for `downloads`
 * (contentSecurity.sandbox); whether it did cannot be known. The policy of the host forbids blob: images and frames, not files.
 */
export function saveFile(file: Blob, name: string, document: Document): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_UP);
}
