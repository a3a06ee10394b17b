/** What the decoding thread is started with. */
export type HeifTask = {
  readonly bytes: Uint8Array;
  readonly maxPixels: number;
  /** ICC profile for pictures that say Display P3 by number alone. */
  readonly displayP3: Uint8Array;
};

/** The thread's one message: an uncompressed TIFF, or why there is none. */
export type HeifAnswer =
  | { readonly kind: 'tiff'; readonly tiff: Uint8Array }
  | { readonly kind: 'unsupported' | 'broken' };
