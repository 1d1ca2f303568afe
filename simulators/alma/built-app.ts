import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { objectOrEmpty } from '../shared/json-body';

/** The parts of the built app's manifest that the simulator needs. */
export interface BuiltManifest {
  readonly title: string | readonly { readonly lang: string; readonly text: string }[];
  readonly entities: readonly string[];
  readonly fullscreen: { readonly allow: boolean; readonly open: boolean };
  readonly pages: { readonly settings?: string; readonly config?: string; readonly help?: string };
  readonly connectSrc: readonly string[];
  readonly frameSrc: readonly string[];
  readonly sandbox: readonly string[];
}

/** Entries of `contentSecurity.sandbox` that a manifest may grant. */
const SANDBOX_GRANTS = ['modals', 'downloads', 'popups', 'popups-to-escape-sandbox'] as const;
/**
 * Sandbox permissions that every frame has.
 * @unconfirmed O: Alma gives the frame of every Cloud App scripts, its own origin and forms. Confirm: look at the frame in a live Alma.
 */
const BASE_SANDBOX = ['allow-scripts', 'allow-same-origin', 'allow-forms'] as const;

/**
 * Reads `assets/manifest.json` of the built app; undefined when the app is not built. Throws when the file is invalid.
 */
export async function readManifest(appDir: string): Promise<BuiltManifest | undefined> {
  const text = await readFile(join(appDir, 'assets', 'manifest.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : toManifest(JSON.parse(text) as unknown);
}

export function toManifest(raw: unknown): BuiltManifest {
  const manifest = objectOrEmpty(raw);
  const security = objectOrEmpty(manifest['contentSecurity']);
  const fullscreen = objectOrEmpty(manifest['fullscreen']);
  const sandbox = objectOrEmpty(security['sandbox']);
  return {
    title: (manifest['title'] as BuiltManifest['title'] | undefined) ?? 'Cloud App',
    entities: textsOf(manifest['entities']),
    fullscreen: { allow: fullscreen['allow'] !== false, open: fullscreen['open'] === true },
    pages: objectOrEmpty(manifest['pages']),
    connectSrc: textsOf(security['connectSrc']).map(checkSource),
    frameSrc: textsOf(security['frameSrc']).map(checkSource),
    sandbox: [
      ...BASE_SANDBOX,
      ...SANDBOX_GRANTS.filter((name) => sandbox[name] === true).map((name) => `allow-${name}`),
    ],
  };
}

/** The sandbox attribute of the app's frame. */
export function sandboxOf(manifest: BuiltManifest | undefined): string {
  return (manifest?.sandbox ?? BASE_SANDBOX).join(' ');
}

export function titleOf(manifest: BuiltManifest, lang: string): string {
  if (typeof manifest.title === 'string') return manifest.title;
  const wanted =
    manifest.title.find((label) => label.lang === lang) ??
    manifest.title.find((label) => label.lang === 'en') ??
    manifest.title[0];
  return wanted?.text ?? 'Cloud App';
}

/**
 * The Content-Security-Policy of production as an HTTP header value: no `unsafe-eval`, no inline scripts.
 * `extraConnect` lists further origins for connect-src, such as that of the local gateway.
 */
export function contentSecurityPolicy(manifest: BuiltManifest | undefined, extraConnect: readonly string[]): string {
  const connect = [...new Set(["'self'", ...(manifest?.connectSrc ?? []), ...extraConnect.map(checkSource)])];
  const frame = [...new Set(["'self'", 'https:', ...(manifest?.frameSrc ?? [])])];
  return [
    "default-src 'none'",
    "style-src 'self' 'unsafe-inline' fonts.googleapis.com",
    "script-src 'self'",
    "font-src 'self' fonts.gstatic.com *.ext.exlibrisgroup.com",
    "img-src 'self' data: https:",
    `connect-src ${connect.join(' ')}`,
    `frame-src ${frame.join(' ')}`,
  ].join('; ');
}

/** Throws when a source could add a directive or another source. */
function checkSource(source: string): string {
  if (!/^[A-Za-z0-9*'][A-Za-z0-9\-._~:/*'[\]]*$/.test(source))
    throw new Error(`the manifest names a source that a policy cannot hold: ${source}`);
  return source;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
