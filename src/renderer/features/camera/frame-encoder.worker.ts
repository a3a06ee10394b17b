/** Encodes preview frames away from the UI thread. In: an ImageBitmap. Out: JPEG bytes, or null. */

/** Enough for finding a face; the photo itself never passes here. */
const QUALITY = 0.8;

self.onmessage = async ({ data: bitmap }: MessageEvent<ImageBitmap>) => {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  try {
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    self.postMessage(bytes, { transfer: [bytes.buffer] });
  } catch {
    self.postMessage(null);
  }
};
