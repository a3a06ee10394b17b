/**
 * A browser's `navigator.mediaDevices` with one camera or several, as far as a program sees it: for tests of
 * camera code without a browser. Names of errors are those of the Media Capture specification.
 */

type Listener = () => void;

export type SimulatedTrack = {
  readonly kind: 'video';
  readonly label: string;
  readyState: 'live' | 'ended';
  stop(): void;
  getSettings(): { readonly deviceId: string };
  addEventListener(type: 'ended', listener: Listener): void;
  removeEventListener(type: 'ended', listener: Listener): void;
};

export type SimulatedStream = {
  getTracks(): readonly SimulatedTrack[];
  getVideoTracks(): readonly SimulatedTrack[];
};

export type SimulatedCamera = { readonly deviceId: string; readonly label: string };

export type SimulatedMediaDevices = {
  /** Give this to the code under test, cast to the browser's type. */
  readonly media: {
    getUserMedia(constraints?: unknown): Promise<SimulatedStream>;
    enumerateDevices(): Promise<readonly object[]>;
    addEventListener(type: 'devicechange', listener: Listener): void;
    removeEventListener(type: 'devicechange', listener: Listener): void;
  };
  /** How many streams are open now. */
  openStreams(): number;
  plugIn(): void;
  unplug(): void;
  occupy(): void;
  release(): void;
  forbid(): void;
  permit(): void;
};

class MediaFailure extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

const ONE: readonly SimulatedCamera[] = [{ deviceId: 'simulated', label: 'Simulated Camera' }];

/** `cameras`: in the order of the list; who asks for none by id gets the first. */
export function createSimulatedMediaDevices(cameras = ONE): SimulatedMediaDevices {
  const device = { present: true, occupied: false, permitted: true };
  const listeners = new Set<Listener>();
  const tracks = new Set<SimulatedTrack & { end(): void }>();

  const open = (camera: SimulatedCamera): SimulatedStream => {
    const track = createTrack(camera, () => tracks.delete(track));
    tracks.add(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  };
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    media: {
      async getUserMedia(constraints) {
        if (!device.permitted) throw new MediaFailure('NotAllowedError');
        if (!device.present) throw new MediaFailure('NotFoundError');
        if (device.occupied) throw new MediaFailure('NotReadableError');
        const camera = wanted(cameras, constraints);
        if (!camera) throw new MediaFailure('OverconstrainedError');
        return open(camera);
      },
      async enumerateDevices() {
        if (!device.present) return [];
        return cameras.map((camera) => ({ kind: 'videoinput', groupId: 'simulated', ...camera }));
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    openStreams: () => tracks.size,
    plugIn() {
      device.present = true;
      changed();
    },
    unplug() {
      device.present = false;
      for (const track of [...tracks]) track.end();
      changed();
    },
    occupy: () => void Object.assign(device, { occupied: true }),
    release: () => void Object.assign(device, { occupied: false }),
    forbid: () => void Object.assign(device, { permitted: false }),
    permit: () => void Object.assign(device, { permitted: true }),
  };
}

function wanted(
  cameras: readonly SimulatedCamera[],
  constraints: unknown,
): SimulatedCamera | undefined {
  const { video } = (constraints ?? {}) as { video?: { deviceId?: { exact?: string } } };
  const id = video?.deviceId?.exact;
  return id === undefined ? cameras[0] : cameras.find(({ deviceId }) => deviceId === id);
}

function createTrack(
  { deviceId, label }: SimulatedCamera,
  forget: () => void,
): SimulatedTrack & { end(): void } {
  const listeners = new Set<Listener>();
  const track = {
    kind: 'video' as const,
    label,
    readyState: 'live' as SimulatedTrack['readyState'],
    /** As in a browser, stopping a track oneself raises no `ended`. */
    stop() {
      track.readyState = 'ended';
      forget();
    },
    getSettings: () => ({ deviceId }),
    end() {
      track.stop();
      for (const listener of [...listeners]) listener();
    },
    addEventListener: (_type: 'ended', listener: Listener) => void listeners.add(listener),
    removeEventListener: (_type: 'ended', listener: Listener) => void listeners.delete(listener),
  };
  return track;
}
