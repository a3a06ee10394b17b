// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { HandoverView } from '../../../shared/index.ts';
import type { SessionAt } from '../../state/station-store.ts';
import { order, renderPage, startStation, student } from '../../tests/test-station.tsx';
import { Handover } from './handover.tsx';

const soon = () => new Date(Date.now() + 240_000).toISOString();

async function show(handover?: HandoverView, changes: Partial<SessionAt<'handedIn'>> = {}) {
  const session: SessionAt<'handedIn'> = {
    step: 'handedIn',
    student,
    order: order({ state: 'underReview' }),
    ...(handover ? { handover } : {}),
    ...changes,
  };
  const station = await startStation(session);
  renderPage(<Handover session={session} />);
  return { station, sent: () => station.sent.map(({ name }) => name) };
}

afterEach(cleanup);

describe('在手机上继续', () => {
  it('asks the station, and shows nothing before it answers', async () => {
    const { sent } = await show();
    expect(screen.queryByTestId('handover')).toBeNull();
    fireEvent.click(screen.getByTestId('hand-over'));
    expect(screen.getByTestId<HTMLButtonElement>('hand-over').disabled).toBe(true);
    fireEvent.click(screen.getByTestId('hand-over'));
    expect(sent()).toEqual(['session.handOver']);
  });

  it('shows the code, what to do with it and how long it serves', async () => {
    const { sent } = await show({ qrText: 'gradshot:handover:x', expiresAt: soon() });
    expect(screen.getByTestId('qr-code')).toBeDefined();
    const dialog = screen.getByTestId('handover');
    expect(dialog.textContent).toContain('获取采集资格');
    expect(dialog.textContent).toContain('证件号码后四位');
    expect(dialog.textContent).toMatch(/剩余有效时间 (4:00|3:59)/);
    expect(dialog.textContent).not.toContain('gradshot:');
    fireEvent.click(screen.getByTestId('handover-close'));
    expect(sent()).toEqual(['session.closeHandover']);
  });

  it('offers another when its time is over', async () => {
    const { sent } = await show({ expiresAt: '2026-11-23T00:00:00.000Z' });
    expect(screen.queryByTestId('qr-code')).toBeNull();
    expect(screen.getByTestId('handover').textContent).toContain('二维码已过期');
    fireEvent.click(screen.getByTestId('handover-renew'));
    expect(sent()).toEqual(['session.handOver']);
  });

  it('says before the dialog why there is no other one', async () => {
    const { station } = await show({ expiresAt: '2026-11-23T00:00:00.000Z' });
    station.show({ failure: { code: 'network.unreachable' } });
    const told = within(screen.getByTestId('handover')).getByTestId('failure');
    expect(told.dataset.code).toBe('network.unreachable');
  });

  it('does not promise a photo that is still here', async () => {
    const local = { photoId: 'p', step: 'handedIn', delivery: 'queued' } as const;
    const waits = { order: order({ state: 'pendingCapture', local }) };
    await show({ qrText: 'gradshot:handover:x', expiresAt: soon() }, waits);
    expect(screen.getByTestId('handover').textContent).toContain('还没有传到服务器');
  });
});
