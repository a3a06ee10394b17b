import { type CodePayload, codeOfBytes, fromBase64 } from '@gradshot/domain';

/** What wx.scanCode tells of a code. */
export type ScannedCode = {
  /** The content as text, by WeChat's own guess at its character set; empty where it had none. */
  readonly result: string;
  /** "The raw data, base64", says its documentation and no more; older versions leave it out. */
  readonly rawData?: string;
};

/**
 * The code by its bytes, as every other client hands it over. What WeChat calls raw is taken for the
 * code's bytes where its text can have come from them; else the text is all there is.
 */
export function codeOfScan({ result, rawData }: ScannedCode): CodePayload | undefined {
  // Android breaks base64 into lines.
  const bytes = fromBase64((rawData ?? '').replace(/\s/g, ''));
  if (bytes && bytes.length > 0 && canBeReadAs(bytes, result)) return codeOfBytes(bytes);
  return result ? { payload: result } : undefined;
}

/** Whatever the character set is, the text's ASCII stands among the bytes in the same order. */
function canBeReadAs(bytes: Uint8Array, text: string): boolean {
  let at = 0;
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (code >= 0x80) continue;
    at = bytes.indexOf(code, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
