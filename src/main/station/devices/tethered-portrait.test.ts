import { fail, ok } from '@gradshot/domain';
import { pictureFile } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TetheredSource } from '../../../shared/index.ts';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import type { ShotEar, TetheredOptions, TetheredShot } from './tethered-camera.ts';
import { createTetheredPortrait } from './tethered-portrait.ts';

let store: StoreRig;
beforeEach(async () => {
  store = await openStoreRig();
});
afterEach(() => store.close());

const FOLDER: TetheredSource = { kind: 'watchFolder', folder: '/photos' };
const CABLE: TetheredSource = { kind: 'gphoto2' };
const SHOT: TetheredShot = { picture: pictureFile('a'), width: 6000, height: 4000 };

/** A camera in the test's hands; the last one that was opened is the present one. */
type Hand = TetheredOptions & {
  readonly source: TetheredSource;
  ear: ShotEar | undefined;
  running: boolean;
};

function portraitFrom(source?: TetheredSource) {
  const { settings, events } = store.store;
  if (source) settings.set('portraitSource', source);
  const opened: Hand[] = [];
  const shots: TetheredShot[] = [];
  const refused: string[] = [];
  const portrait = createTetheredPortrait({
    ...{ settings, events, onChange: () => {} },
    onShot: (shot) => shots.push(shot),
    onRefused: ({ code }) => refused.push(code),
    make(chosen, options) {
      const hand: Hand = { ...options, source: chosen, ear: undefined, running: false };
      opened.push(hand);
      return {
        start: () => {
          hand.running = true;
        },
        stop: () => {
          hand.running = false;
        },
        listen(ear) {
          hand.ear = ear;
          return () => {
            hand.ear = undefined;
          };
        },
        look: async () => ok({ label: 'found', pictures: 7 }),
        ...(chosen.kind === 'gphoto2' ? { capture: async () => fail('camera.busy') } : {}),
      };
    },
  });
  return { portrait, opened, shots, refused, hand: () => opened.at(-1)! };
}

it('listens once to a camera that is ready at once, whatever is told by then', () => {
  const { settings, events } = store.store;
  settings.set('portraitSource', CABLE);
  let [listened, stopped] = [0, 0];
  let atCamera = true;
  const portrait = createTetheredPortrait({
    ...{ settings, events, onShot: () => {}, onRefused: () => {} },
    onChange: () => portrait.follow(atCamera),
    make: () => ({
      start: () => {},
      stop: () => {},
      listen(ear) {
        listened += 1;
        ear.ready();
        return () => {
          stopped += 1;
        };
      },
      look: async () => ok({ label: 'found', pictures: 7 }),
    }),
  });
  portrait.follow(true);
  expect([listened, stopped]).toEqual([1, 0]);
  portrait.follow(false);
  expect([listened, stopped]).toEqual([1, 1]);
  atCamera = false;
  portrait.follow(true);
  expect([listened, stopped]).toEqual([2, 2]);
});

describe('the source of photos', () => {
  it('is the page’s own camera until staff choose another, which holds over a restart', async () => {
    const first = portraitFrom();
    expect(first.portrait.view()).toBeUndefined();
    expect(first.opened).toEqual([]);
    await first.portrait.choose(FOLDER);
    expect(first.portrait.view()).toMatchObject({ source: FOLDER, state: { kind: 'opening' } });
    first.portrait.close();
    const second = portraitFrom();
    expect(second.hand()).toMatchObject({ source: FOLDER, running: true });
  });

  it('lets go of the camera of before, and waits at the new one where a visit waits', async () => {
    const { portrait, opened, hand } = portraitFrom(FOLDER);
    portrait.follow(true);
    await portrait.choose(CABLE);
    expect(opened[0]).toMatchObject({ running: false, ear: undefined });
    expect(hand()).toMatchObject({ source: CABLE, running: true, ear: expect.anything() });
    await portrait.choose({ kind: 'webcam' });
    expect(hand()).toMatchObject({ running: false, ear: undefined });
    expect(portrait.view()).toBeUndefined();
  });

  it('that cannot be kept is refused, and the one of before stands', async () => {
    const { portrait, opened } = portraitFrom(FOLDER);
    const { database } = store.store;
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    const long = { kind: 'watchFolder', folder: `/${'x'.repeat(20_000)}` } as const;
    expect(await portrait.choose(long)).toMatchObject({ error: { code: 'station.diskFull' } });
    expect(portrait.view()?.source).toEqual(FOLDER);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.running).toBe(true);
  });

  it('is looked at without being chosen', async () => {
    const { portrait } = portraitFrom();
    expect(await portrait.look(FOLDER)).toEqual(ok({ label: 'found', pictures: 7 }));
    expect(portrait.view()).toBeUndefined();
  });
});

describe('a picture', () => {
  it('is told while a visit stands before the camera, and at no other time', () => {
    const { portrait, hand, shots, refused } = portraitFrom(FOLDER);
    portrait.follow(false);
    expect(hand().ear).toBeUndefined();
    portrait.follow(true);
    const { ear } = hand();
    portrait.follow(true);
    expect(hand().ear).toBe(ear);
    ear?.shot(SHOT);
    ear?.refused({ code: 'camera.noJpeg' });
    expect(shots).toEqual([SHOT]);
    expect(refused).toEqual(['camera.noJpeg']);
    portrait.follow(false);
    expect(hand().ear).toBeUndefined();
  });

  it('counts only once the camera says so, and not while it is away', () => {
    const { portrait, hand } = portraitFrom(FOLDER);
    portrait.follow(true);
    expect(portrait.view()?.listening).toBe(false);
    hand().onState({ kind: 'ready', label: 'photos' });
    hand().ear?.ready();
    expect(portrait.view()?.listening).toBe(true);
    hand().onState({ kind: 'failed', code: 'camera.folderMissing', lost: true });
    expect(portrait.view()).toMatchObject({ listening: false, state: { kind: 'failed' } });
  });

  it('is asked for only of a camera that can be told, by a visit that stands before it', async () => {
    const folder = portraitFrom(FOLDER);
    folder.portrait.follow(true);
    expect(await folder.portrait.capture()).toMatchObject({ error: { code: 'station.wrongStep' } });
    const cable = portraitFrom(CABLE);
    expect(await cable.portrait.capture()).toMatchObject({ error: { code: 'station.wrongStep' } });
    cable.portrait.follow(true);
    expect(await cable.portrait.capture()).toMatchObject({ error: { code: 'camera.busy' } });
  });

  it('that nobody waited for is noted, without its name', () => {
    const { hand } = portraitFrom(FOLDER);
    hand().onStray(3);
    const [event] = store.store.events.latest(1);
    expect(event).toMatchObject({ kind: 'camera.strayPictures', facts: { count: 3 } });
  });
});
