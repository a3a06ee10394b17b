import { fail, ok } from '@gradshot/domain';
import type { CommandHandlers } from '../../../shared/index.ts';
import { frameAt } from '../session/burst.ts';
import { pictureType } from '../session/picture-type.ts';
import type { Visit } from '../session/visit.ts';
import type { Store } from '../store/store.ts';
import { storing } from '../store/store-failure.ts';
import type { LiveCamera } from './live-camera.ts';
import type { Screens } from './screens.ts';

type Parts = {
  readonly store: Store;
  readonly visit: Visit;
  readonly live: LiveCamera;
  readonly screens: Screens;
};

export type CameraSideHandlers = Pick<
  CommandHandlers,
  'camera.spareFrame' | 'camera.shutterState' | 'camera.obeyShutter'
>;

/** What the page at the camera has to say to the desk. */
export function createCameraSideHandlers({ visit, live }: Parts): CameraSideHandlers {
  return {
    'camera.spareFrame': async ({ burst, ...taken }) => {
      if (!pictureType(taken.picture)) return fail('photo.notAnImage');
      return visit.addFrame(burst, taken) ? ok(null) : fail('photo.notFound');
    },
    'camera.shutterState': async ({ state }) => {
      live.report(state);
      return ok(null);
    },
    'camera.obeyShutter': async ({ press }) => live.obey(press),
  };
}

export type WatchingHandlers = Pick<CommandHandlers, 'staff.liveFrame' | 'staff.readFrame'>;

/** What the desk asks for by itself: it says nothing of whether anybody sits there. */
export function createWatchingHandlers({ store, visit, live }: Parts): WatchingHandlers {
  return {
    'staff.liveFrame': async ({ seen }) => ok(live.newerThan(seen) ?? null),
    'staff.readFrame': async (place) => {
      const { burst, view } = visit.state();
      const frame = frameAt(burst, place);
      if (!frame || !('shot' in view)) return fail('photo.notFound');
      const { photoId } = view.shot;
      const facts = { photoId, kind: 'frame', frame: place.frame, step: view.step };
      const logged = await storing(async () => {
        store.events.record('picture.read', facts);
        return ok(null);
      });
      if (!logged.ok) return logged;
      const type = pictureType(frame.picture);
      return type ? ok({ type, data: Uint8Array.from(frame.picture) }) : fail('photo.unreadable');
    },
  };
}

export type ScreenHandlers = Pick<
  CommandHandlers,
  'staff.pressShutter' | 'staff.chooseFrame' | 'staff.setSecondScreen'
>;

/** What staff do from their desk about who stands before the camera. */
export function createScreenHandlers({ store, visit, live, screens }: Parts): ScreenHandlers {
  return {
    'staff.pressShutter': async () => {
      visit.touch();
      const pressed = live.press();
      if (pressed.ok) store.events.note('staff.pressedShutter');
      return pressed;
    },
    'staff.chooseFrame': async (place) => {
      const before = visit.state().burst?.chosen;
      const chosen = await visit.command('staff.chooseFrame', place);
      const { burst, view } = visit.state();
      if (chosen.ok && burst && burst.chosen !== before && 'shot' in view) {
        const { photoId } = view.shot;
        const { machine } = burst;
        store.events.note('staff.choseFrame', { photoId, frame: place.frame, machine });
      }
      return chosen;
    },
    'staff.setSecondScreen': ({ on }) => screens.want(on),
  };
}
