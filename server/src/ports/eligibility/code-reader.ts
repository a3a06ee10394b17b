import type { CodePayload } from '@gradshot/domain';

/** Reads the QR codes in a picture. */
export type CodeReader = {
  /** `bytes`: a JPEG, PNG or WebP file. Each code once; empty when none is found. */
  read(bytes: Uint8Array): Promise<readonly CodePayload[]>;
};
