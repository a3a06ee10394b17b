import {
  type Camera,
  type CameraTask,
  listCameras,
  preferredCamera,
  rememberCamera,
  rememberedCamera,
} from './camera-choice.ts';
import { type CameraFailure, cameraFailure } from './camera-failure.ts';
import { retryDelayMs } from './retry-delay.ts';

export type CameraState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'ready';
      readonly stream: MediaStream;
      readonly label: string;
      readonly cameras: readonly Camera[];
    }
  /** `lost`: it had been working before. Another try is already planned. */
  | { readonly kind: 'failed'; readonly code: CameraFailure; readonly lost: boolean };

export type CameraMedia = Pick<
  MediaDevices,
  'getUserMedia' | 'enumerateDevices' | 'addEventListener' | 'removeEventListener'
>;

export type CameraLink = {
  start(): void;
  stop(): void;
  /** Opens another camera and remembers it for the task. */
  choose(label: string): void;
  /** Tries at once, e.g. after somebody plugged the cable in or the picture froze. */
  retry(): void;
};

type LinkOptions = {
  readonly media: CameraMedia;
  readonly task: CameraTask;
  readonly size: { readonly width: number; readonly height: number };
  readonly onState: (state: CameraState) => void;
};

/**
 * Keeps one camera open from whatever state it is in: a camera that is missing, refused, busy or
 * unplugged is tried again with growing waits, and at once when the devices change.
 */
export function createCameraLink({ media, task, size, onState }: LinkOptions): CameraLink {
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let running = false;
  let worked = false;
  /** Numbers the tries: the answer to an overtaken one is thrown away. */
  let present = 0;

  const release = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
  };

  const failed = (code: CameraFailure) => {
    timer = setTimeout(open, retryDelayMs(attempt));
    attempt += 1;
    // Last, for whoever hears of it may stop the link.
    onState({ kind: 'failed', code, lost: worked });
  };

  const lost = () => {
    present += 1;
    release();
    failed('camera.notFound');
  };

  const opened = async (next: MediaStream, wanted: number) => {
    const track = next.getVideoTracks()[0];
    const cameras = await listCameras(media);
    if (wanted !== present || !track) {
      for (const unused of next.getTracks()) unused.stop();
      return;
    }
    stream = next;
    worked = true;
    attempt = 0;
    track.addEventListener('ended', () => stream === next && lost());
    onState({ kind: 'ready', stream: next, label: track.label, cameras });
  };

  async function open(): Promise<void> {
    release();
    present += 1;
    const wanted = present;
    try {
      await opened(await media.getUserMedia(await constraints()), wanted);
    } catch (reason) {
      if (wanted === present) failed(cameraFailure(reason));
    }
  }

  const constraints = async (): Promise<MediaStreamConstraints> => {
    const camera = preferredCamera(await listCameras(media), rememberedCamera(task));
    return {
      audio: false,
      video: {
        width: { ideal: size.width },
        height: { ideal: size.height },
        ...(camera ? { deviceId: { exact: camera.id } } : {}),
      },
    };
  };

  const devicesChanged = () => {
    // A new device may be the one that is missing; a working one is left alone.
    if (running && !stream) void open();
  };

  const link: CameraLink = {
    start() {
      running = true;
      worked = false;
      attempt = 0;
      media.addEventListener('devicechange', devicesChanged);
      onState({ kind: 'opening' });
      void open();
    },
    stop() {
      running = false;
      present += 1;
      media.removeEventListener('devicechange', devicesChanged);
      release();
    },
    choose(label) {
      rememberCamera(task, label);
      link.retry();
    },
    retry() {
      if (!running) return;
      attempt = 0;
      onState({ kind: 'opening' });
      void open();
    },
  };
  return link;
}
