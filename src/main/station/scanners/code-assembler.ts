import type { Clock } from '../ground/clock.ts';

/** What makes whole codes of the packets of one scanner; half a code is never one. */
export type CodeAssembler = {
  packet(bytes: Uint8Array): void;
  /** The device is gone, or has lost its thread: what was begun is dropped. */
  forget(): void;
};

export type AssemblerEars = {
  readonly clock: Clock;
  readonly onCode: (bytes: Uint8Array) => void;
  /** Something came that is no code; said without its content. */
  readonly onGarbage: (cause: 'malformed' | 'tooLong' | 'brokenOff') => void;
};

/** As long as a code may be that any page takes (`MAX_PAYLOAD`); no QR code holds more. */
export const LONGEST_CODE = 3072;
