import { setTimeout as pause } from 'node:timers/promises';
import type { CommandName, CommandPayload, SessionStep } from '../../src/shared/index.ts';
import { LAST_FOUR } from './arrivals.ts';
import type { Screen } from './screen.ts';

/** A graduate before the station: does what the page that is shown asks for, and nothing else. */

export type Subject = {
  readonly code: string;
  readonly picture: Uint8Array<ArrayBuffer>;
};

export type VisitTold = {
  /** Of the photo that the station called handed in. */
  readonly photoId: string;
  readonly touches: number;
  readonly pages: readonly SessionStep[];
  /** From the last of the four digits until the screen says that the photo is handed in. */
  readonly handingInMs: number;
  /** All that the station was at work for. */
  readonly machineMs: number;
  /** Acts that had to be done again because the network failed them. */
  readonly failedActs: number;
};

/** Nobody tries again sooner. */
const TRIED_AGAIN_MS = 20;
/** As it comes from the burst of the camera page. */
const SHOT = { width: 4000, height: 3000 } as const;

type Course = {
  readonly screen: Screen;
  readonly subject: Subject;
  touches: number;
  failedActs: number;
  /** Went by in acts that the network failed, and until they were tried again. */
  waitedMs: number;
  lastDigitAt: number;
};

export async function visit(screen: Screen, subject: Subject): Promise<VisitTold> {
  const course: Course = {
    ...{ screen, subject },
    ...{ touches: 0, failedActs: 0, waitedMs: 0, lastDigitAt: 0 },
  };
  const begun = performance.now();
  let handedInAt = 0;
  for (let step = await asked(screen); step !== 'handedIn'; step = await asked(screen)) {
    const act = ACTS[step];
    if (!act) throw new Error(`a prepaid graduate was led to ${step}`);
    await act(course);
    handedInAt = performance.now();
  }
  const photoId = handedInPhoto(screen);
  await screen.picturesShown();
  await leave(course);
  const pages = screen.takePages();
  const { touches, failedActs } = course;
  return {
    ...{ photoId, touches, pages, failedActs },
    handingInMs: handedInAt - course.lastDigitAt,
    machineMs: performance.now() - begun - course.waitedMs,
  };
}

/** The page at which the station has come to rest. */
async function asked(screen: Screen): Promise<SessionStep> {
  await screen.until(({ busy, session }) => !busy && session.step !== 'judging', 'a page');
  return screen.snapshot().session.step;
}

/** What is done at each page, and how often the screen is touched for it. */
const ACTS: { readonly [S in SessionStep]?: (course: Course) => Promise<void> } = {
  // Held under the hand scanner, which types.
  welcome: (course) =>
    attempt(course, 'session.submitCode', { payload: course.subject.code, source: 'scanner' }),
  verify: typeLastFour,
  orders: (course) => touch(course, 'session.openOrder', { orderId: onlyOrder(course.screen) }),
  orderDetail: (course) => touch(course, 'session.beginOrder', {}),
  requirements: (course) => touch(course, 'session.toCamera', {}),
  // Nobody touches the shutter: it goes off by itself.
  camera: (course) =>
    attempt(course, 'session.takeShot', { picture: course.subject.picture, ...SHOT }),
  reviewShot: (course) => touch(course, 'session.keep', {}),
  kept: (course) => touch(course, 'session.judge', {}),
  judged: (course) => touch(course, 'session.handIn', {}),
};

/** In 快速 the page takes the fourth digit for the confirmation; in 逐步 there is a button for it. */
async function typeLastFour(course: Course): Promise<void> {
  const { pace } = course.screen.snapshot().station;
  course.touches += LAST_FOUR.length + (pace === 'express' ? 0 : 1);
  course.lastDigitAt = performance.now();
  await attempt(course, 'session.confirmLastFour', { lastFour: LAST_FOUR });
}

async function touch<N extends CommandName>(
  course: Course,
  name: N,
  payload: CommandPayload<N>,
): Promise<void> {
  course.touches += 1;
  await attempt(course, name, payload);
}

/**
 * Only the network may fail an act; the page stays then, and the graduate does it again when the
 * screen says that the server answers.
 */
async function attempt<N extends CommandName>(
  course: Course,
  name: N,
  payload: CommandPayload<N>,
): Promise<void> {
  const begun = performance.now();
  const result = await course.screen.send(name, payload);
  if (result.ok) return;
  if (!result.error.code.startsWith('network.')) throw new Error(`${name}: ${result.error.code}`);
  course.failedActs += 1;
  await pause(TRIED_AGAIN_MS);
  await course.screen.until(({ connection }) => connection.online, 'the server');
  course.waitedMs += performance.now() - begun;
}

/** The last page goes by itself some seconds later; where it does not, it takes a touch. */
async function leave(course: Course): Promise<void> {
  if (course.screen.snapshot().leavesInSeconds === undefined) course.touches += 1;
  await attempt(course, 'session.leave', {});
}

function onlyOrder(screen: Screen): string {
  const { session } = screen.snapshot();
  return (session.step === 'orders' && session.orders[0]?.orderId) || '';
}

function handedInPhoto(screen: Screen): string {
  const { session } = screen.snapshot();
  return (session.step === 'handedIn' && session.photoId) || '';
}
