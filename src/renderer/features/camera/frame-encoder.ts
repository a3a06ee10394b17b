/** Longest side of a frame that is looked at, in pixels, as the engine's guide expects. */
const LONGEST_SIDE = 1280;

export type FrameEncoder = {
  /** The present frame as JPEG bytes, never mirrored; undefined while the video shows none. */
  encode(video: HTMLVideoElement): Promise<Uint8Array<ArrayBuffer> | undefined>;
  close(): void;
};

export function createFrameEncoder(): FrameEncoder {
  const worker = new Worker(new URL('./frame-encoder.worker.ts', import.meta.url), {
    type: 'module',
  });
  return {
    async encode(video) {
      const { videoWidth, videoHeight } = video;
      if (videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
        return undefined;
      const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
      const bitmap = await createImageBitmap(video, {
        resizeWidth: Math.round(videoWidth * scale),
        resizeHeight: Math.round(videoHeight * scale),
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
