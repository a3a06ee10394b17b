import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';

/** Written into index.html at build (vite `html.cspNonce`) and replaced in every response. */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
  '.ogg': 'audio/ogg',
};

export type RendererFile = { readonly type: string; readonly data: Buffer };

/**
 * A file of the built interface, or undefined: unknown type, missing, or outside the folder after
 * links are resolved. `pathname`: of a URL, percent-encoded, starting with `/`.
 */
export async function readRendererFile(
  root: string,
  pathname: string,
): Promise<RendererFile | undefined> {
  const name = decoded(pathname === '/' ? '/index.html' : pathname);
  const type = TYPES[extname(name ?? '')];
  if (name === undefined || type === undefined) return undefined;
  try {
    const path = await realpath(join(root, name));
    if (!isInside(await realpath(root), path)) return undefined;
    return { type, data: await readFile(path) };
  } catch {
    return undefined;
  }
}

function decoded(pathname: string): string | undefined {
  try {
    const name = decodeURIComponent(pathname);
    return name.includes('\0') ? undefined : name;
  } catch {
    return undefined;
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A fresh nonce for one response: 16 random bytes, base64. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(NONCE_PLACEHOLDER, nonce);
}
