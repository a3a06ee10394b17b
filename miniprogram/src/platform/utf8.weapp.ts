import { textOfUtf8 } from '@gradshot/domain';

/**
 * UTF-8 by hand: WeChat's engine has no TextDecoder on iPhones. Bytes of a character that is cut
 * by the end of a piece wait for the next one.
 */
export function utf8Decoder(): (piece: Uint8Array) => string {
  let waiting: readonly number[] = [];
  return (piece) => {
    const bytes = [...waiting, ...piece];
    const end = completeLength(bytes);
    waiting = bytes.slice(end);
    return decodeUtf8(Uint8Array.from(bytes.slice(0, end)));
  };
}

/** Length without a character that is not whole yet. */
function completeLength(bytes: readonly number[]): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes of a character by its first one. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

/** Text of whole characters; where a byte is wrong, all but ASCII become question marks. */
export function decodeUtf8(bytes: Uint8Array): string {
  return (
    textOfUtf8(bytes) ??
    Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '?')).join('')
  );
}
