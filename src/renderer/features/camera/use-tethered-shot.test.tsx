// @vitest-environment jsdom
import { act, cleanup, fireEvent, renderHook, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TetheredSource, TetheredView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { TetheredStage } from './tethered-stage.tsx';
import type { PortraitCamera } from './use-portrait-camera.ts';
import { useShot } from './use-shot.ts';

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const view = (kind: TetheredSource['kind'], changes: Partial<TetheredView> = {}): TetheredView => ({
  source: kind === 'gphoto2' ? { kind } : { kind, folder: '/photos' },
  state: { kind: 'ready', label: 'Nikon D750' },
  listening: true,
  ...changes,
});

/** There is no webcam at all. */
const NO_WEBCAM = {
  state: { kind: 'failed', code: 'camera.notFound', lost: false },
  video: { current: null },
} as unknown as PortraitCamera;

function shotWith(tethered: TetheredView) {
  const options = {
    ...{ camera: NO_WEBCAM, position: undefined, covered: false, onTaking: () => {} },
    rate: async () => undefined,
  };
  return renderHook((present: TetheredView) => useShot({ ...options, tethered: present }), {
    initialProps: tethered,
  });
}

const wait = (ms: number) => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));
const names = () => station.sent.map(({ name }) => name);

describe('the shutter of a camera on a cable', () => {
  it('is pressed by the core after the countdown, without any webcam', async () => {
    const { result } = shotWith(view('gphoto2'));
    expect(result.current.canShoot).toBe(true);
    act(() => result.current.shoot());
    expect(result.current.left).toBe(3);
    await wait(1000);
    await wait(1000);
    expect(names()).toEqual([]);
    await wait(1000);
    expect(names()).toEqual(['camera.capture']);
  });

  it('is pressed by a pedal too, and by nothing before a picture counts', async () => {
    const { result, rerender } = shotWith(view('gphoto2', { listening: false }));
    await wait(1000);
    fireEvent.keyDown(document.body, { key: 'PageDown' });
    expect([result.current.canShoot, result.current.left]).toEqual([false, undefined]);
    rerender(view('gphoto2'));
    await wait(1000);
    fireEvent.keyDown(document.body, { key: 'PageDown' });
    expect(result.current.left).toBe(3);
  });

  it('is not pressed when the camera went while it was counted', async () => {
    const { result, rerender } = shotWith(view('gphoto2'));
    act(() => result.current.shoot());
    rerender(view('gphoto2', { listening: false }));
    await wait(5000);
    expect(result.current.left).toBeUndefined();
    expect(names()).toEqual([]);
  });
});

it('a folder has no shutter here: neither a button nor a key', async () => {
  const { result } = shotWith(view('watchFolder'));
  await wait(1000);
  fireEvent.keyDown(document.body, { key: ' ' });
  await wait(5000);
  expect(result.current).toMatchObject({ hasShutter: false, canShoot: false, left: undefined });
  expect(names()).toEqual([]);
});

describe('the stage without a live picture', () => {
  it('says who presses the shutter, and nothing of cables', () => {
    renderPage(<TetheredStage previewed={false} tethered={view('watchFolder')} />);
    expect(screen.getByTestId('tethered').textContent).toContain('请工作人员按相机快门');
    cleanup();
    renderPage(<TetheredStage previewed={false} tethered={view('gphoto2')} />);
    expect(screen.getByTestId('tethered').textContent).toContain('请按下方的【拍照】');
  });

  it('asks for nothing before a picture counts', () => {
    const opening = view('watchFolder', { state: { kind: 'opening' }, listening: false });
    renderPage(<TetheredStage previewed={false} tethered={opening} />);
    expect(screen.getByTestId('tethered').textContent).toBe('正在连接相机…');
  });

  it('names what fails, with or without a webcam, and offers no try that would be no help', () => {
    const state = { kind: 'failed', code: 'camera.folderMissing', lost: true } as const;
    renderPage(<TetheredStage previewed tethered={view('watchFolder', { state })} />);
    expect(screen.getByTestId('camera-trouble').dataset.code).toBe('camera.folderMissing');
    expect(screen.queryByTestId('camera-retry')).toBeNull();
  });
});
