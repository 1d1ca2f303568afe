/** Milliseconds after which every browser has started the download. */
const TAKEN_UP = 60_000;

/**
 * Makes the browser save the file under this name. In Alma's frame this requires `downloads` in the manifest
 * (contentSecurity.sandbox). Success cannot be detected. The host's policy forbids blob: images and frames, but not
 * files.
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
