// @vitest-environment jsdom
import { fail } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SessionView } from '../../../shared/index.ts';
import {
  order,
  renderPage,
  startStation,
  student,
  type TestStation,
} from '../../tests/test-station.tsx';
import { VisitBeside } from '../desk/visit-beside.tsx';
import { QueueDesk } from './queue-desk.tsx';
import { VisitDesk } from './visit-desk.tsx';

const ID = '0f4b3a52-6f0e-4d53-9a53-1d4b0c8c5a11';
const burst = { id: ID, frames: [0, 1, 2], machine: 1, chosen: 1 };
const shot = { photoId: ID, width: 1920, height: 1080, capturedAt: '2026-11-23T01:00:00.000Z' };
const review: SessionView = { step: 'reviewShot', student, order: order(), shot };

let station: TestStation;
const released: string[] = [];
beforeEach(() => {
  let made = 0;
  URL.createObjectURL = vi.fn(() => {
    made += 1;
    return `blob:${made}`;
  });
  URL.revokeObjectURL = (url) => void released.push(url);
});
afterEach(() => {
  cleanup();
  released.length = 0;
});

async function open(session: SessionView): Promise<void> {
  station = await startStation(session);
  const picture = { type: 'image/jpeg', data: new Uint8Array([1]) };
  station.answer('staff.readFrame', { ok: true, value: picture });
  await act(async () => station.show({ screen: 'desk', burst }));
  await act(async () => void renderPage(<VisitBeside />));
}
const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));
const sent = (wanted: string) => station.sent.filter(({ name }) => name === wanted);

it('shows the frames of the shot, reads each once, and takes the one that is pressed', async () => {
  await open(review);
  expect(screen.getByTestId('frame-1').getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByTestId('shot-desk').textContent).toContain('自动选的');
  await press('frame-2');
  expect(sent('staff.chooseFrame')).toEqual([
    { name: 'staff.chooseFrame', payload: { id: ID, frame: 2 } },
  ]);
  await act(async () => station.show({ burst: { ...burst, frames: [0, 1, 2, 3], chosen: 2 } }));
  expect(screen.getByTestId('frame-2').getAttribute('aria-pressed')).toBe('true');
  expect(sent('staff.readFrame').map(({ payload }) => payload)).toEqual(
    [0, 1, 2, 3].map((frame) => ({ id: ID, frame })),
  );
  await press('desk-retake');
  expect(sent('session.retake')).toHaveLength(1);
  cleanup();
  expect(released).toEqual(['blob:1', 'blob:2', 'blob:3', 'blob:4']);
});

it('lets nobody choose while the photo is judged', async () => {
  await open({ ...review, step: 'judging', progress: 0.4, stage: 'matte' });
  for (const testId of ['frame-2', 'desk-retake']) await press(testId);
  expect([...sent('staff.chooseFrame'), ...sent('session.retake')]).toEqual([]);
});

it('has the shutter where it is ready, and says why it is not', async () => {
  await open({ step: 'camera', student, order: order() });
  const button = () => screen.getByTestId<HTMLButtonElement>('desk-shutter');
  expect(button().disabled).toBe(true);
  expect(button().textContent).toContain('相机未就绪');
  await act(async () => station.show({ shutter: 'ready' }));
  await press('desk-shutter');
  expect(sent('staff.pressShutter')).toHaveLength(1);
  await act(async () => station.show({ shutter: 'counting' }));
  expect(button().disabled).toBe(true);
});

it('says what the graduate’s screen says', async () => {
  await open({ step: 'scanCode' });
  await act(async () => station.show({ failure: { code: 'code.expired' } }));
  expect(screen.getByTestId('visit-failure').textContent).toContain('采集码');
});

it('is at the desk over the visit too, where there is one screen', async () => {
  station = await startStation(review);
  await act(async () => station.show({ screen: 'desk', burst }));
  await act(async () => void renderPage(<VisitDesk onDone={() => undefined} />));
  expect(screen.queryByTestId('shot-desk')).toBeNull();
  cleanup();
  station = await startStation(review);
  station.answer('staff.readFrame', fail('photo.notFound'));
  await act(async () => station.show({ burst }));
  await act(async () => void renderPage(<VisitDesk onDone={() => undefined} />));
  await press('desk-retake');
  expect(sent('session.retake')).toHaveLength(1);
});

/** As a hand scanner types: far quicker than a hand. */
async function scan(text: string): Promise<void> {
  for (const key of [...text, 'Enter'])
    await act(async () => void fireEvent.keyDown(document.body, { key }));
}

it('hands on what the hand scanner reads while nobody is served, unless the queue is open', async () => {
  await open({ step: 'welcome' });
  await scan('1234567890123456');
  expect(sent('session.submitCode')).toMatchObject([{ payload: { source: 'scanner' } }]);
  const queue = renderPage(<QueueDesk onBegun={() => undefined} />);
  await scan('1234567890123456');
  expect(sent('session.submitCode')).toHaveLength(1);
  expect(sent('staff.queueCheckIn')).toHaveLength(1);
  queue.unmount();
  await act(async () => station.show({ session: review }));
  await scan('1234567890123456');
  expect(sent('session.submitCode')).toHaveLength(1);
});
