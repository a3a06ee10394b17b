/**
 * A browser's `navigator.mediaDevices` with one camera, as far as a program sees it: for tests of
 * camera code without a browser. Names of errors are those of the Media Capture specification.
 */

type Listener = () => void;

export type SimulatedTrack = {
  readonly kind: 'video';
  readonly label: string;
  readyState: 'live' | 'ended';
  stop(): void;
  addEventListener(type: 'ended', listener: Listener): void;
  removeEventListener(type: 'ended', listener: Listener): void;
};

export type SimulatedStream = {
  getTracks(): readonly SimulatedTrack[];
  getVideoTracks(): readonly SimulatedTrack[];
};

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

export function createSimulatedMediaDevices(label = 'Simulated Camera'): SimulatedMediaDevices {
  const device = { present: true, occupied: false, permitted: true };
  const listeners = new Set<Listener>();
  const tracks = new Set<SimulatedTrack & { end(): void }>();

  const open = (): SimulatedStream => {
    const track = createTrack(label, () => tracks.delete(track));
    tracks.add(track);
    return { getTracks: () => [track], getVideoTracks: () => [track] };
  };
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    media: {
      async getUserMedia() {
        if (!device.permitted) throw new MediaFailure('NotAllowedError');
        if (!device.present) throw new MediaFailure('NotFoundError');
        if (device.occupied) throw new MediaFailure('NotReadableError');
        return open();
      },
      async enumerateDevices() {
        return device.present
          ? [{ kind: 'videoinput', deviceId: 'simulated', groupId: 'simulated', label }]
          : [];
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

function createTrack(label: string, forget: () => void): SimulatedTrack & { end(): void } {
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
    end() {
      track.stop();
      for (const listener of [...listeners]) listener();
    },
    addEventListener: (_type: 'ended', listener: Listener) => void listeners.add(listener),
    removeEventListener: (_type: 'ended', listener: Listener) => void listeners.delete(listener),
  };
  return track;
}
