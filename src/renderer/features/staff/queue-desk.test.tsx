// @vitest-environment jsdom
import { fail, ok } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueEntryView, QueueView } from '../../../shared/index.ts';
import { renderPage, startStation, student, type TestStation } from '../../tests/test-station.tsx';
import * as voice from '../../voice/prompt.ts';
import { QueueDesk } from './queue-desk.tsx';

const entry = (number: string, changes: Partial<QueueEntryView> = {}): QueueEntryView => ({
  id: `id-${number}`,
  number,
  state: 'waiting',
  maskedName: '张*明',
  needsCode: false,
  since: '2026-11-23T01:00:00.000Z',
  ...changes,
});
const queueOf = (...entries: QueueEntryView[]): QueueView => ({
  entries,
  waiting: entries.filter(({ state }) => state === 'waiting' || state === 'handedBack').length,
  done: 3,
});

let station: TestStation;
let begun: number;
const spoken = vi.spyOn(voice, 'prompt').mockImplementation(() => undefined);
beforeEach(async () => {
  spoken.mockClear();
  station = await startStation({ step: 'welcome' });
  begun = 0;
});
afterEach(cleanup);

const open = (queue: QueueView) => {
  station.show({ queue });
  renderPage(
    <QueueDesk
      onBegun={() => {
        begun += 1;
      }}
    />,
  );
};
const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));
const button = (testId: string) => screen.getByTestId(testId) as HTMLButtonElement;
const sent = (name: string) => station.sent.filter((one) => one.name === name);
/** As a hand scanner types it. */
const scan = (text: string) =>
  act(async () => {
    for (const key of [...text, 'Enter']) fireEvent.keyDown(window, { key });
  });

it('says that nobody waits, and what makes somebody wait', () => {
  open(queueOf());
  expect(screen.getByTestId('empty').textContent).toContain('采集码');
  expect(button('call-next').disabled).toBe(true);
});

describe('a code that is scanned', () => {
  it('checks in, and the number is told', async () => {
    station.answer('staff.queueCheckIn', ok({ number: 'A004', outcome: 'new' }));
    open(queueOf());
    await scan('https://chsi.example/c/1234567890');
    expect(sent('staff.queueCheckIn')).toMatchObject([
      { payload: { payload: 'https://chsi.example/c/1234567890' } },
    ]);
    expect(screen.getByTestId('checked-in').textContent).toContain('A004');
  });

  it('and refused leaves no number behind', async () => {
    station.answer('staff.queueCheckIn', fail('code.unknown'));
    open(queueOf());
    await scan('https://chsi.example/c/1234567890');
    expect(screen.getByTestId('checked-in').textContent).toContain('等候 0 人');
  });
});

describe('who is called', () => {
  const called = entry('A002', { state: 'called' });

  it('is shown and called out digit by digit, when it is by a press here', async () => {
    open(queueOf(entry('A002'), entry('A003')));
    await press('call-next');
    expect(sent('staff.queueCall')).toMatchObject([{ payload: {} }]);
    station.show({ queue: queueOf(called, entry('A003')) });
    expect(screen.getByTestId('called').textContent).toContain('A002');
    expect(spoken).toHaveBeenCalledTimes(1);
    expect(spoken.mock.calls[0]?.[0].text).toContain('A 0 0 2');
    expect(button('call-A003').disabled).toBe(true);
    await press('call-again');
    expect(spoken).toHaveBeenCalledTimes(2);
  });

  it('before the page was opened is not called out again', () => {
    open(queueOf(called));
    expect(spoken).not.toHaveBeenCalled();
  });

  it('begins, and the page is given back', async () => {
    open(queueOf(called));
    await press('begin-visit');
    expect(sent('staff.queueBegin')).toMatchObject([{ payload: { id: 'id-A002' } }]);
    expect(begun).toBe(1);
  });

  it('whose code is refused stays, and so does the page', async () => {
    station.answer('staff.queueBegin', fail('code.expired'));
    open(queueOf(called));
    await press('begin-visit');
    expect(begun).toBe(0);
    station.show({ queue: queueOf({ ...called, needsCode: true }) });
    expect(screen.getByTestId('called').textContent).toContain('请出示采集码');
    expect(button('begin-visit').disabled).toBe(true);
  });

  it('waits for the visit that is under way', () => {
    station.show({
      session: { step: 'verify', student, expiresAt: '2099-01-01T00:00:00.000Z' },
    });
    open(queueOf(entry('A001', { state: 'inVisit' }), called));
    expect(screen.getByTestId('in-visit').textContent).toContain('A001');
    expect(button('begin-visit').disabled).toBe(true);
  });

  it('and not there goes to the end of the list, to be called again', async () => {
    open(queueOf(called));
    await press('miss');
    expect(sent('staff.queueMiss')).toMatchObject([{ payload: { id: 'id-A002' } }]);
    station.show({ queue: queueOf(entry('A002', { state: 'absent' }), entry('A003')) });
    const rows = [...screen.getByTestId('queue').querySelectorAll('li')];
    expect(rows.map((row) => row.querySelector('strong')?.textContent)).toEqual(['A003', 'A002']);
    await press('call-A002');
    expect(sent('staff.queueCall')).toMatchObject([{ payload: { id: 'id-A002' } }]);
  });
});
