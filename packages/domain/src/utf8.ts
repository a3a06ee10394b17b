/**
 * The text that the bytes are in UTF-8, a byte-order mark included; undefined where they are none.
 * WeChat's engine on iPhones has no TextDecoder; `decodeURIComponent` is as strict as a fatal one.
 */
export function textOfUtf8(bytes: Uint8Array): string | undefined {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
