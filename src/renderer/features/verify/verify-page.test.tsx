// @vitest-environment jsdom
import { fail } from '@gradshot/domain';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { i18n } from '../../i18n/i18n.ts';
import {
  renderPage,
  snapshotAt,
  startStation,
  student,
  type TestStation,
} from '../../tests/test-station.tsx';
import { VerifyPage } from './verify-page.tsx';

const session = {
  step: 'verify',
  student: { ...student, maskedIdNumber: '320***********482X' },
  expiresAt: '2099-01-01T00:00:00.000Z',
} as const;

let station: TestStation;

beforeEach(async () => {
  station = await startStation(session);
  renderPage(<VerifyPage session={session} />);
});
afterEach(cleanup);

const press = (...keys: string[]) => {
  for (const key of keys) fireEvent.click(screen.getByTestId(`key-${key}`));
};
const typed = () => screen.getByTestId('last-four').textContent;
const confirm = () => screen.getByTestId('confirm-last-four') as HTMLButtonElement;

describe('核验学籍信息', () => {
  it('does not show the four characters that it asks for', () => {
    expect(document.body.textContent).not.toContain('482X');
  });

  it('takes four characters and no fifth', () => {
    press('4', '8', '2');
    expect(confirm().disabled).toBe(true);
    press('X', '9');
    expect(typed()).toBe('482X');
    expect(confirm().disabled).toBe(false);
  });

  it('sends them once confirmed', () => {
    press('4', '8', '2', 'X');
    fireEvent.click(confirm());
    expect(station.sent).toEqual([
      { name: 'session.confirmLastFour', payload: { lastFour: '482X' } },
    ]);
  });

  it('can be typed on a keyboard, with Enter at the end', () => {
    for (const key of ['4', '8', 'Backspace', '8', '2', 'x', 'Enter'])
      fireEvent.keyDown(document.body, { key });
    expect(station.sent).toMatchObject([{ payload: { lastFour: '482X' } }]);
  });

  it('offers letters for other documents', () => {
    expect(screen.queryByTestId('key-A')).toBeNull();
    fireEvent.click(screen.getByTestId('toggle-letters'));
    press('A', '1', 'B', '2');
    expect(typed()).toBe('A1B2');
  });

  it('says what was wrong and starts afresh', async () => {
    station.answer('session.confirmLastFour', fail('eligibility.lastFourWrong', { remaining: 2 }));
    press('1', '2', '3', '4');
    fireEvent.click(confirm());
    await waitFor(() => expect(screen.getByTestId('failure').textContent).toContain('2 次'));
    await waitFor(() => expect(typed()).toBe(''));
  });

  it('in 快速 takes the fourth character for the confirmation, once', async () => {
    const { station: facts } = snapshotAt(session);
    station.show({ station: { ...facts, pace: 'express' } });
    press('4', '8', '2');
    expect(station.sent).toEqual([]);
    press('X');
    await waitFor(() => expect(station.sent).toHaveLength(1));
    expect(station.sent).toMatchObject([{ payload: { lastFour: '482X' } }]);
  });

  it('rests while the station is busy', () => {
    press('4', '8', '2', 'X');
    station.show({ busy: true });
    expect(confirm().disabled).toBe(true);
    fireEvent.keyDown(document.body, { key: 'Enter' });
    expect(station.sent).toEqual([]);
  });

  it('sends who was wrong too often to the staff, and lets who waited try again', () => {
    cleanup();
    renderPage(<VerifyPage session={{ ...session, locked: { minutes: 15 } }} />);
    expect(screen.getByTestId('locked').textContent).toContain('请联系工作人员');
    expect(screen.queryByTestId('key-4')).toBeNull();
    for (const key of ['4', '8', '2', 'x', 'Enter']) fireEvent.keyDown(document.body, { key });
    expect(station.sent).toEqual([]);
    fireEvent.click(screen.getByTestId('retry-last-four'));
    press('4', '8', '2', 'X');
    fireEvent.click(confirm());
    expect(station.sent).toMatchObject([{ payload: { lastFour: '482X' } }]);
  });

  it('keeps the keys of who tries again, whatever the station tells meanwhile', async () => {
    cleanup();
    const page = renderPage(<VerifyPage session={{ ...session, locked: { minutes: 15 } }} />);
    fireEvent.click(screen.getByTestId('retry-last-four'));
    press('4', '8');
    page.rerender(
      <I18nextProvider i18n={i18n}>
        <VerifyPage session={{ ...session, locked: { minutes: 15 } }} />
      </I18nextProvider>,
    );
    press('2', 'X');
    expect([typed(), confirm().disabled]).toEqual(['482X', false]);
    station.answer('session.confirmLastFour', fail('eligibility.locked', { minutes: 14 }));
    fireEvent.click(confirm());
    await waitFor(() => expect(screen.queryByTestId('locked')).not.toBeNull());
  });

  it('keeps what is typed while the answer to a wrong entry is on its way', async () => {
    station.answer('session.confirmLastFour', fail('eligibility.lastFourWrong', { remaining: 2 }));
    press('1', '2', '3', '4');
    fireEvent.click(confirm());
    for (const key of ['4', '8']) fireEvent.keyDown(document.body, { key });
    await waitFor(() => expect(screen.getByTestId('failure').textContent).toContain('2 次'));
    for (const key of ['2', 'x']) fireEvent.keyDown(document.body, { key });
    expect(typed()).toBe('482X');
  });
});
