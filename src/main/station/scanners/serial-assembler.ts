import { type AssemblerEars, type CodeAssembler, LONGEST_CODE } from './code-assembler.ts';

/** A scanner that sends no terminator is silent for so long after a code. */
const GAP_MS = 100;
const CR = 0x0d;
const LF = 0x0a;

/**
 * Codes of a serial scanner: up to CR, LF or both, or to a pause. What is too long is dropped up to its
 * end.
 */
export function createSerialAssembler(ears: AssemblerEars): CodeAssembler {
  let bytes: number[] = [];
  let dropping = false;
  let cancel = () => {};
  const begin = () => {
    cancel();
    bytes = [];
    dropping = false;
  };
  const end = () => {
    const code = Uint8Array.from(bytes);
    begin();
    if (code.length > 0) ears.onCode(code);
  };
  const take = (byte: number) => {
    // The LF of a CRLF ends nothing: there is nothing yet.
    if (byte === CR || byte === LF) return end();
    if (dropping) return;
    bytes.push(byte);
    if (bytes.length <= LONGEST_CODE) return;
    begin();
    dropping = true;
    ears.onGarbage('tooLong');
  };
  return {
    packet(packet) {
      cancel();
      for (const byte of packet) take(byte);
      if (bytes.length > 0 || dropping) cancel = ears.clock.after(GAP_MS, end);
    },
    forget: begin,
  };
}
