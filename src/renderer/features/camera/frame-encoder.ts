/** Longest side of a frame that is looked at, in pixels, as the engine's guide expects. */
const LONGEST_SIDE = 1280;

export type FrameEncoder = {
  /**
   * A video's present frame or a picture as JPEG bytes, never mirrored, reduced to what the guide looks
   * at; undefined while the video shows none.
   */
  encode(source: HTMLVideoElement | ImageBitmap): Promise<Uint8Array<ArrayBuffer> | undefined>;
  close(): void;
};

/** Encodes in a worker, one frame after the other. */
export function createFrameEncoder(): FrameEncoder {
  const worker = new Worker(new URL('./frame-encoder.worker.ts', import.meta.url), {
    type: 'module',
  });
  return {
    async encode(source) {
      const size = sizeOf(source);
      if (!size) return undefined;
      const scale = Math.min(1, LONGEST_SIDE / Math.max(size.width, size.height));
      const bitmap = await createImageBitmap(source, {
        resizeWidth: Math.round(size.width * scale),
        resizeHeight: Math.round(size.height * scale),
        resizeQuality: 'low',
      });
      return new Promise((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer> | null>) =>
          resolve(data ?? undefined);
        worker.onerror = () => resolve(undefined);
        worker.postMessage(bitmap, [bitmap]);
      });
    },
    close: () => worker.terminate(),
  };
}

function sizeOf(source: HTMLVideoElement | ImageBitmap) {
  if (!(source instanceof HTMLVideoElement)) return source;
  const { videoWidth: width, videoHeight: height, readyState } = source;
  return width > 0 && readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
    ? { width, height }
    : undefined;
}
