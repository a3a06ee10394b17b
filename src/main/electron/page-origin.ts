/**
 * The interface's own scheme. Unlike file:// it has an origin, takes response headers, and can
 * reach nothing but the built interface.
 */
export const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://station`;
export const START_URL = `${ORIGIN}/index.html`;

/** True for addresses of the interface itself. */
export function isOwnUrl(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  // `origin` of a scheme that Node does not know is "null", so its parts are compared.
  const { protocol, host, username } = new URL(url);
  return `${protocol}//${host}` === ORIGIN && username === '';
}
