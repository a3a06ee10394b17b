// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TetheredView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { PortraitSourceChoice } from './portrait-source.tsx';

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
});
afterEach(cleanup);

const FOLDER = { kind: 'watchFolder', folder: '/photos' } as const;
const button = (id: string) => screen.getByTestId<HTMLButtonElement>(id);
const press = (id: string) => act(async () => void fireEvent.click(screen.getByTestId(id)));
const type = (value: string) =>
  fireEvent.change(screen.getByTestId('source-place'), { target: { value } });
const sent = () => station.sent.map(({ name, payload }) => [name, payload]);
const inUse = (state: TetheredView['state']) =>
  station.show({ tethered: { source: FOLDER, state, listening: false } });

it('shows the webcam as the source until another is chosen', () => {
  renderPage(<PortraitSourceChoice />);
  expect(button('use-source').disabled).toBe(true);
  expect(screen.queryByTestId('source-place')).toBeNull();
});

it('tries a folder, says what is in it, and takes it', async () => {
  station.answer('staff.tryPortraitSource', { ok: true, value: { label: 'photos', pictures: 12 } });
  renderPage(<PortraitSourceChoice />);
  await press('source-watchFolder');
  expect(button('try-source').disabled).toBe(true);
  expect(button('use-source').disabled).toBe(true);
  type(' /photos ');
  await press('try-source');
  expect(screen.getByTestId('source-outcome').textContent).toContain('12 张');
  await press('use-source');
  expect(sent()).toEqual([
    ['staff.tryPortraitSource', { source: FOLDER }],
    ['staff.setPortraitSource', { source: FOLDER }],
  ]);
});

it('tells staff what to do where it cannot be read', async () => {
  station.answer('staff.tryPortraitSource', {
    ok: false,
    error: { code: 'camera.folderMissing' },
  });
  renderPage(<PortraitSourceChoice />);
  await press('source-watchFolder');
  type('/nowhere');
  await press('try-source');
  const outcome = screen.getByTestId('source-outcome');
  expect(outcome.dataset.level).toBe('fail');
  expect(outcome.textContent).toContain('核对路径');
  type('/elsewhere');
  expect(outcome.textContent).toBe('');
});

it('asks for no path where the system finds gphoto2', async () => {
  renderPage(<PortraitSourceChoice />);
  await press('source-gphoto2');
  await press('use-source');
  expect(sent()).toEqual([['staff.setPortraitSource', { source: { kind: 'gphoto2' } }]]);
});

it('says how the source in use fares, and of another nothing', async () => {
  inUse({ kind: 'ready', label: 'photos' });
  renderPage(<PortraitSourceChoice />);
  const outcome = () => screen.getByTestId('source-outcome').textContent;
  expect(outcome()).toBe('正常：photos');
  inUse({ kind: 'failed', code: 'camera.folderMissing', lost: true });
  expect(outcome()).toContain('找不到照片文件夹');
  await press('source-webcam');
  expect(outcome()).toBe('');
});
