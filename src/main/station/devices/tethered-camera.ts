import type { Failure, Result } from '@gradshot/domain';
import type { PortraitFinding, TetheredState } from '../../../shared/index.ts';

/** A picture as the camera made it, byte for byte, and how large a viewer shows it. */
export type TetheredShot = {
  readonly picture: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
};

/** Whoever waits for pictures. */
export type ShotEar = {
  /** From now on a picture counts. Told again after the camera was away: what it holds then is old. */
  ready(): void;
  shot(shot: TetheredShot): void;
  /** A picture was taken and cannot be used. */
  refused(failure: Failure): void;
};

/**
 * A camera that the page does not open itself: on a cable, or behind a program that saves into a
 * folder. It looks after itself from `start` on and is back by itself whenever its device is.
 */
export type TetheredCamera = {
  start(): void;
  stop(): void;
  /** Pictures are told until the returned function is called; none that was there before. */
  listen(ear: ShotEar): () => void;
  /** Presses the shutter; absent where only a hand at the camera can. The picture goes to the ear. */
  readonly capture?: () => Promise<Result<null>>;
  /** Something was plugged in or out: a camera that is missed is tried at once. */
  readonly wake?: () => void;
  /** Looks once, for staff; needs no `start`. */
  look(): Promise<Result<PortraitFinding>>;
};

export type TetheredOptions = {
  readonly onState: (state: TetheredState) => void;
  /** So many pictures came while nobody waited for one, or beside the one that was taken. */
  readonly onStray: (count: number) => void;
};
