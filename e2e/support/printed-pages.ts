import type { AlmaPage } from './alma-page';

/**
 * Prints the app's frame as PDF. A headless browser prints whole windows only, so the frame's document is copied into a
 * separate window with its styles and without its scripts.
 */
export async function printedFrame(alma: AlmaPage): Promise<string> {
  const frame = await alma.frame();
  const html = (await frame.content())
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<link rel="modulepreload"[^>]*>/g, '')
    .replace(/<base [^>]*>/, `<base href="${new URL('.', frame.url()).href}">`);
  const paper = await alma.page.context().newPage();
  try {
    await paper.setContent(html, { waitUntil: 'load' });
    return (await paper.pdf({ preferCSSPageSize: true })).toString('latin1');
  } finally {
    await paper.close();
  }
}

/** Width and height of each page in mm. */
export function pageSizes(pdf: string): readonly (readonly [number, number])[] {
  return [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(
    ([, width, height]) => [millimetres(width), millimetres(height)] as const,
  );
}

function millimetres(points: string | undefined): number {
  return Math.round((Number(points) / 72) * 25.4);
}
