import { useEffect, useRef } from 'react';
import type { ShutterState } from '../../../shared/index.ts';
import { ask, useSnapshot } from '../../state/station-store.ts';
import type { Shot } from './use-shot.ts';

/**
 * The shutter as the desk works it: the station is told how it stands, and a press from there is obeyed
 * once, by whichever page takes it on first.
 */
export function useDeskShutter(shot: Shot, covered: boolean): void {
  const press = useSnapshot().shutterPress;
  const state = stateOf(shot, covered);
  const latest = useRef({ shot, state });
  latest.current = { shot, state };
  useEffect(() => void ask('camera.shutterState', { state }), [state]);
  useEffect(() => () => void ask('camera.shutterState', { state: 'unable' }), []);
  useEffect(() => {
    if (press === undefined) return;
    void ask('camera.obeyShutter', { press }).then((taken) => {
      if (!taken.ok) return;
      const now = latest.current;
      if (now.state === 'ready') now.shot.shoot();
      // A countdown has begun by itself meanwhile, or the camera is gone.
      else void ask('camera.shutterState', { state: now.state });
    });
  }, [press]);
}

function stateOf(shot: Shot, covered: boolean): ShutterState {
  if (shot.taking) return 'taking';
  if (shot.left !== undefined) return 'counting';
  return shot.canShoot && shot.hasShutter && !covered ? 'ready' : 'unable';
}
