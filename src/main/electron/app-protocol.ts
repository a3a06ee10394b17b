import { type CustomScheme, protocol, type Session } from 'electron';
import { contentSecurityPolicy, securityHeaders } from '../content-security-policy.ts';
import { newNonce, readRendererFile, withNonce } from '../renderer-files.ts';
import { isOwnUrl, SCHEME } from './page-origin.ts';

const PRIVILEGES: CustomScheme = {
  scheme: SCHEME,
  privileges: {
    // An origin and a secure context: getUserMedia asks for both.
    standard: true,
    secure: true,
    // zxing's wasm is fetched from the interface's own files.
    supportFetchAPI: true,
    stream: true,
    codeCache: true,
  },
};

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([PRIVILEGES]);
}

/** Serves the built interface in `root`, and nothing else, to the pages of a session. */
export function serveInterface(session: Session, root: string): void {
  session.protocol.handle(SCHEME, (request) => answer(request, root));
}

async function answer(request: Request, root: string): Promise<Response> {
  const nonce = newNonce();
  const headers = securityHeaders(contentSecurityPolicy(nonce));
  if (request.method !== 'GET' || !isOwnUrl(request.url)) {
    return new Response(null, { status: 403, headers });
  }
  const file = await readRendererFile(root, new URL(request.url).pathname);
  if (!file) return new Response(null, { status: 404, headers });
  const isPage = file.type.startsWith('text/html');
  const body = isPage ? withNonce(file.data.toString(), nonce) : new Uint8Array(file.data);
  return new Response(body, { headers: { ...headers, 'content-type': file.type } });
}
