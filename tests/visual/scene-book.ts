import type { StationSide } from '../../src/main/station/api.ts';
import type { StationRig } from '../../src/main/station/tests/station-rig.ts';
import type { ScreenRole, StationSnapshot } from '../../src/shared/index.ts';
import type { Answers } from './station-double.ts';

/** What a real station showed, and when by its clock: what counts down is looked at from then. */
export type Scene = { readonly snapshot: StationSnapshot; readonly at: number };

/**
 * A real station core is led to everything that a page can look like; the network, the server and
 * the imaging engine are doubles. One scene for each state of a page that looks different. Nothing
 * here says what a page shows: that is the station's word.
 */
export class SceneBook {
  readonly scenes = new Map<string, Scene>();
  /** What the station answered on the staff page. */
  answers: Answers = {};

  keep(name: string, rig: StationRig, screen: ScreenRole = 'desk'): void {
    const station = rig.station();
    this.keepSide(name, rig, screen === 'graduate' ? station.graduate : station);
  }

  /** As one of the station's screens shows it. */
  keepSide(name: string, rig: StationRig, side: Pick<StationSide, 'snapshot'>): void {
    this.scenes.set(name, { snapshot: side.snapshot(), at: rig.clock.now() });
  }

  /** Names of the scenes of visits; the others have tests of their own. */
  visits(): string[] {
    return [...this.scenes.keys()].filter((name) => !/^(staff|new-station)/.test(name));
  }

  at(name: string): Scene {
    const scene = this.scenes.get(name);
    if (!scene) throw new Error(`no scene is named ${name}`);
    return scene;
  }
}
