import type { BurstPlace, BurstView, SessionStep } from '../../../shared/index.ts';

/** One frame as the camera gave it. */
export type TakenFrame = {
  readonly picture: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** The frames of one shot. They live in memory, as long as another of them may take its place. */
export type Burst = {
  readonly id: string;
  readonly frames: ReadonlyMap<number, TakenFrame>;
  /** What the machine took. */
  readonly machine: number;
  /** The shot on screen. */
  readonly chosen: number;
  /** Somebody has chosen, be it the machine's own in the end. */
  readonly byStaff: boolean;
};

export function newBurst({ id, frame }: BurstPlace, taken: TakenFrame): Burst {
  return { id, frames: new Map([[frame, taken]]), machine: frame, chosen: frame, byStaff: false };
}

export function withFrame(burst: Burst, frame: number, taken: TakenFrame): Burst {
  return { ...burst, frames: new Map([...burst.frames, [frame, taken]]) };
}

export function frameAt(
  burst: Burst | undefined,
  { id, frame }: BurstPlace,
): TakenFrame | undefined {
  return burst?.id === id ? burst.frames.get(frame) : undefined;
}

/** While the shot is on screen and not handed in. Exhaustive: of a new step somebody must say. */
const CHOICE_AT: Readonly<Record<SessionStep, boolean>> = {
  welcome: false,
  scanCode: false,
  identify: false,
  verify: false,
  orders: false,
  orderDetail: false,
  service: false,
  payment: false,
  requirements: false,
  camera: false,
  reviewShot: true,
  kept: true,
  judging: true,
  judged: true,
  handedIn: false,
};

export function burstAt(step: SessionStep, burst: Burst | undefined): Burst | undefined {
  return CHOICE_AT[step] ? burst : undefined;
}

/** For staff; nothing where there is no choice. */
export function burstView(burst: Burst | undefined): BurstView | undefined {
  if (!burst) return undefined;
  const { id, machine, chosen } = burst;
  return { id, frames: [...burst.frames.keys()].sort((a, b) => a - b), machine, chosen };
}
