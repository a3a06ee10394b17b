import type { CameraChoice, CameraTask } from '../../shared/index.ts';
import {
  type Camera,
  choiceOf,
  keepCamera,
  keptCamera,
  listCameras,
  preferredCamera,
} from './camera-choice.ts';
import { type CameraFailure, cameraFailure } from './camera-failure.ts';
import { hearPlugs } from './hear-plugs.ts';
import { retryDelayMs } from './retry-delay.ts';

export type CameraState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'ready';
      readonly stream: MediaStream;
      readonly label: string;
      /** One of `cameras`. */
      readonly cameraId: string | undefined;
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
  /** Opens another camera of those at hand and keeps it for the task. */
  choose(cameraId: string): void;
  /** Tries at once, e.g. after somebody plugged the cable in. */
  retry(): void;
  /** The stream gives no new picture any more: it is started again, and given up when that is no help. */
  frozen(): void;
};

type LinkOptions = {
  readonly media: CameraMedia;
  readonly task: CameraTask;
  readonly size: { readonly width: number; readonly height: number };
  readonly onState: (state: CameraState) => void;
};

/** A stream that stands still again so soon was not helped by starting it again. */
const FROZEN_AGAIN_MS = 20_000;

/**
 * Keeps one camera open from whatever state it is in: a camera that is missing, refused, busy or
 * unplugged is tried again with growing waits, and at once when the devices change. Where one is
 * broken or busy and another is at hand, that one is taken.
 */
export function createCameraLink({ media, task, size, onState }: LinkOptions): CameraLink {
  let stream: MediaStream | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let running = false;
  let worked = false;
  /** Numbers the tries: the answer to an overtaken one is thrown away. */
  let present = 0;
  let cameras: readonly Camera[] = [];
  /** Holds at once, and also when the station cannot keep it. */
  let chosen: CameraChoice | undefined;
  let frozenAt = Number.NEGATIVE_INFINITY;

  const release = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = undefined;
  };

  const failed = (code: CameraFailure) => {
    timer = setTimeout(() => void open(), retryDelayMs(attempt));
    attempt += 1;
    // Last, for whoever hears of it may stop the link.
    onState({ kind: 'failed', code, lost: worked });
  };

  const lost = () => {
    present += 1;
    release();
    failed('camera.notFound');
  };

  const preferred = () => preferredCamera(cameras, chosen ?? keptCamera(task));

  const opened = async (next: MediaStream, wanted: number, asked: Camera | undefined) => {
    const track = next.getVideoTracks()[0];
    cameras = await listCameras(media);
    const cameraId = track?.getSettings().deviceId;
    // Cameras have names only once one was allowed: the chosen one may be known only now.
    const better = asked ? undefined : preferred();
    const wrong = better !== undefined && better.id !== cameraId;
    if (wanted !== present || !track || wrong) {
      for (const unused of next.getTracks()) unused.stop();
      return wanted === present && wrong ? open(better) : undefined;
    }
    stream = next;
    worked = true;
    attempt = 0;
    track.addEventListener('ended', () => stream === next && lost());
    onState({ kind: 'ready', stream: next, label: track.label, cameraId, cameras });
  };

  /**
   * `known`: the camera to open, where a list taken in between would hide it again. `without`: cameras
   * that have just failed.
   */
  async function open(known?: Camera, without: readonly string[] = []): Promise<void> {
    release();
    present += 1;
    const wanted = present;
    let camera = known;
    try {
      cameras = await listCameras(media);
      camera ??= preferred();
      await opened(await media.getUserMedia(constraints(camera)), wanted, camera);
    } catch (reason) {
      if (wanted !== present) return;
      const code = cameraFailure(reason);
      // Whoever may use none need not ask for another.
      const tried = camera ? [...without, camera.id] : without;
      const other = code === 'camera.denied' ? undefined : untried(tried);
      if (other) await open(other, tried);
      else failed(code);
    }
  }

  /** Without names nobody knows which camera it was that failed. */
  const untried = (tried: readonly string[]) =>
    cameras.length > 1 ? cameras.find(({ id }) => id !== '' && !tried.includes(id)) : undefined;

  const constraints = (camera: Camera | undefined): MediaStreamConstraints => ({
    audio: false,
    video: {
      width: { ideal: size.width },
      height: { ideal: size.height },
      ...(camera ? { deviceId: { exact: camera.id } } : {}),
    },
  });

  const devicesChanged = () => {
    // A new device may be the one that is missing; a working one is left alone.
    if (running && !stream) void open();
  };
  /** The bus knows of a cable before the browser knows the camera: the next tries follow quickly too. */
  const plugged = () => {
    if (running && !stream) attempt = 0;
    devicesChanged();
  };
  let stopHearing = () => {};

  const link: CameraLink = {
    start() {
      running = true;
      worked = false;
      attempt = 0;
      media.addEventListener('devicechange', devicesChanged);
      stopHearing();
      stopHearing = hearPlugs(plugged);
      onState({ kind: 'opening' });
      void open();
    },
    stop() {
      running = false;
      present += 1;
      media.removeEventListener('devicechange', devicesChanged);
      stopHearing();
      release();
    },
    choose(cameraId) {
      const camera = cameras.find(({ id }) => id === cameraId);
      const choice = camera && choiceOf(camera, cameras);
      if (!choice) return;
      chosen = choice;
      void keepCamera(task, choice);
      link.retry();
    },
    retry() {
      if (!running) return;
      attempt = 0;
      onState({ kind: 'opening' });
      void open();
    },
    frozen() {
      if (!running || !stream) return;
      const now = performance.now();
      const again = now - frozenAt < FROZEN_AGAIN_MS;
      frozenAt = now;
      if (!again) return link.retry();
      present += 1;
      release();
      failed('camera.frozen');
    },
  };
  return link;
}
