/**
 * How a command crosses the browser shell's WebSocket. A message without bytes is one text frame
 * of JSON; a message with bytes is one binary frame:
 *
 *     u32 little-endian: length of the JSON · JSON (UTF-8) · the byte blocks one after the other
 *
 * In the JSON every Uint8Array stands as `{"$bytes":[offset,length]}`, counted from the end of
 * the JSON, so that pictures are never blown up by base64.
 */
export type SocketFrame = string | Uint8Array<ArrayBuffer>;

/** Page → station. `id` is chosen by the page and comes back with the result. */
export type CallMessage = {
  readonly kind: 'call';
  readonly id: number;
  readonly name: string;
  readonly payload: unknown;
};
/** Station → page. */
export type StationMessage =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'snapshot'; readonly snapshot: unknown };

const MARK = '$bytes';
const LENGTH_BYTES = 4;

export function encodeFrame(message: CallMessage | StationMessage): SocketFrame {
  const blocks: Uint8Array[] = [];
  let offset = 0;
  // `value` of a Buffer is what its toJSON made of it, so the holder is asked for the bytes.
  const json = JSON.stringify(message, function (this: Record<string, unknown>, key, value) {
    const held = this[key];
    if (!(held instanceof Uint8Array)) return value;
    blocks.push(held);
    offset += held.byteLength;
    return { [MARK]: [offset - held.byteLength, held.byteLength] };
  });
  return blocks.length === 0 ? json : packed(json, blocks, offset);
}

function packed(json: string, blocks: readonly Uint8Array[], total: number) {
  const head = utf8Encode(json);
  const frame = new Uint8Array(LENGTH_BYTES + head.byteLength + total);
  new DataView(frame.buffer).setUint32(0, head.byteLength, true);
  frame.set(head, LENGTH_BYTES);
  let at = LENGTH_BYTES + head.byteLength;
  for (const block of blocks) {
    frame.set(block, at);
    at += block.byteLength;
  }
  return frame;
}

/**
 * The message in a frame, of a shape that the caller still has to check. Undefined when the frame
 * is not one of ours: bad JSON, a length beyond the frame, bytes outside it.
 */
export function decodeFrame(frame: string | Uint8Array): unknown {
  try {
    if (typeof frame === 'string') return JSON.parse(frame, refuseMarks);
    return unpacked(frame);
  } catch {
    return undefined;
  }
}

function unpacked(frame: Uint8Array): unknown {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const bodyAt = LENGTH_BYTES + view.getUint32(0, true);
  if (bodyAt > frame.byteLength) throw new RangeError('The JSON is longer than the frame');
  const body = frame.subarray(bodyAt);
  return JSON.parse(utf8Decode(frame.subarray(LENGTH_BYTES, bodyAt)), (_key, value: unknown) =>
    hasMark(value) ? slice(body, value[MARK]) : value,
  );
}

function slice(body: Uint8Array, place: unknown): Uint8Array {
  const [offset, length] = Array.isArray(place) ? (place as unknown[]) : [];
  if (!isCount(offset) || !isCount(length) || offset + length > body.byteLength) {
    throw new RangeError('A byte block lies outside the frame');
  }
  // A copy of its own, which slice() would not be for a Buffer.
  return new Uint8Array(body.subarray(offset, offset + length));
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** A text frame has no blocks, so a mark in it is either a mistake or an attack. */
function refuseMarks(_key: string, value: unknown): unknown {
  if (hasMark(value)) throw new RangeError('A byte block in a text frame');
  return value;
}

function hasMark(value: unknown): value is { [MARK]: unknown } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, MARK);
}

// Both sides have these two; the types of this folder know neither Node nor the DOM.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean },
) => { decode(bytes: Uint8Array): string };

function utf8Encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf8Decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
