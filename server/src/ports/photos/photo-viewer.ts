export type PhotoViewer = {
  /**
   * A copy of an original for the screen: JPEG in sRGB, upright, at most 2400 × 3200 pixels,
   * without metadata (a phone writes the place into it). Throws for bytes that are no picture.
   */
  viewOf(original: Uint8Array): Promise<Uint8Array>;
};
