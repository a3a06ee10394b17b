import { toBase64 } from './base64.ts';
import { textOfUtf8 } from './utf8.ts';

/**
 * What a QR code holds, as every client hands it over: its text where its bytes are UTF-8, else the
 * bytes themselves. The bytes alone decide. What a code says of its character set (ECI) is left aside,
 * and nobody guesses one: WeChat does not tell the first, and each reader guesses another.
 */
export type CodePayload = { readonly payload: string } | { readonly payloadBase64: string };

/**
 * How kiosk, phone and server ask zxing. Of each code its bytes are taken; `textMode` is for the text
 * beside them, should anybody look at it. More than 32 codes on one picture are nobody's 采集码.
 */
export const QR_READING = {
  formats: ['QRCode' as const],
  textMode: 'Plain' as const,
  maxNumberOfSymbols: 32,
};

/** The one place where bytes become text. */
export function codeOfBytes(bytes: Uint8Array): CodePayload {
  const payload = textOfUtf8(bytes);
  return payload === undefined ? { payloadBase64: toBase64(bytes) } : { payload };
}

/** The codes that were found in a picture, each once, without empty ones. */
export function codesOf(found: readonly { readonly bytes: Uint8Array }[]): readonly CodePayload[] {
  return distinctCodes(
    found.filter(({ bytes }) => bytes.length > 0).map((one) => codeOfBytes(one.bytes)),
  );
}

export function distinctCodes(codes: readonly CodePayload[]): readonly CodePayload[] {
  return [...new Map(codes.map((code) => [codeKey(code), code])).values()];
}

/** The same for two codes with the same content, and for no others. */
export function codeKey(code: CodePayload): string {
  return 'payload' in code ? `text:${code.payload}` : `bytes:${code.payloadBase64}`;
}
