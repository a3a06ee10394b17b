/**
 * Headers of every response that a shell gives its page.
 *
 * - scripts: built files only; `wasm-unsafe-eval` lets the bundled zxing module compile its
 *   WebAssembly and does not allow `eval`;
 * - styles: built files and the elements that Ant Design writes at run time, which carry the
 *   response's nonce;
 * - connect: the own origin, for the wasm file and the browser shell's socket. There is no other
 *   network: the station core does all talking.
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "media-src 'self' blob: mediastream:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

export function securityHeaders(policy: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': policy,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=(), ' +
      'display-capture=(), payment=(), publickey-credentials-get=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
