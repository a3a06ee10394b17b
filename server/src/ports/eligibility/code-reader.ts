/** Reads the QR code in a picture. */
export type CodeReader = {
  /** `bytes`: a JPEG, PNG or WebP file. Undefined when no code is found. */
  read(bytes: Uint8Array): Promise<string | undefined>;
};
