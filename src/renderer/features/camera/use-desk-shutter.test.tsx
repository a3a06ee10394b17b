// @vitest-environment jsdom
import { fail } from '@gradshot/domain';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStation, type TestStation } from '../../tests/test-station.tsx';
import { useDeskShutter } from './use-desk-shutter.ts';
import type { Shot } from './use-shot.ts';

let station: TestStation;
let shots: number;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  shots = 0;
});
afterEach(cleanup);

const at = (changes: Partial<Shot> = {}): Shot => ({
  ...{ left: undefined, taking: false, caught: false, failed: false, auto: true },
  ...{ canShoot: true, hasShutter: true },
  shoot: () => {
    shots += 1;
  },
  callOff: () => undefined,
  ...changes,
});
type Props = { readonly shot: Shot; readonly covered: boolean };
const open = (shot: Shot, covered = false) =>
  renderHook((props: Props) => useDeskShutter(props.shot, props.covered), {
    initialProps: { shot, covered },
  });
const states = () =>
  station.sent
    .filter(({ name }) => name === 'camera.shutterState')
    .map(({ payload }) => (payload as { state: string }).state);
const pressed = (shutterPress: number) => act(async () => station.show({ shutterPress }));

it('tells the station how the shutter stands, and that it is gone with the page', () => {
  const { rerender, unmount } = open(at({ canShoot: false }));
  rerender({ shot: at(), covered: false });
  rerender({ shot: at({ canShoot: false, left: 3 }), covered: false });
  rerender({ shot: at({ canShoot: false, taking: true }), covered: false });
  rerender({ shot: at(), covered: true });
  unmount();
  expect(states()).toEqual(['unable', 'ready', 'counting', 'taking', 'unable', 'unable']);
});

it('obeys a press once, however often the snapshot tells of it', async () => {
  open(at());
  await pressed(7);
  await pressed(7);
  await act(async () => station.show({ busy: true, shutterPress: 7 }));
  expect(shots).toBe(1);
  await pressed(8);
  expect(shots).toBe(2);
});

it('leaves a press that another page has taken on', async () => {
  station.answer('camera.obeyShutter', fail('shutter.underWay'));
  open(at());
  await pressed(7);
  expect(shots).toBe(0);
});

it('takes nothing where it cannot, and says how it stands', async () => {
  open(at({ canShoot: false, left: 2 }));
  await pressed(7);
  expect(shots).toBe(0);
  expect(states()).toEqual(['counting', 'counting']);
});
