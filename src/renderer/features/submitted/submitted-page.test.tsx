// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SessionAt } from '../../state/station-store.ts';
import { order, renderPage, startStation, student } from '../../tests/test-station.tsx';
import { SubmittedPage } from './submitted-page.tsx';

const photoId = '0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a001';

async function show(changes: Partial<SessionAt<'submitted'>>) {
  const session: SessionAt<'submitted'> = {
    step: 'submitted',
    student,
    order: order({ state: 'underReview' }),
    delivery: 'delivered',
    ...changes,
  };
  const station = await startStation(session);
  renderPage(<SubmittedPage session={session} />);
  return () => station.sent.map(({ name }) => name).filter((name) => name !== 'picture.read');
}

afterEach(cleanup);

describe('a photo that was handed in', () => {
  it('lets the graduate go', async () => {
    const sent = await show({});
    expect(screen.queryByTestId('retake')).toBeNull();
    fireEvent.click(screen.getByTestId('finish'));
    expect(sent()).toEqual(['session.leave']);
  });

  it('promises the day that the server promised', async () => {
    await show({ order: order({ state: 'underReview', promisedAt: '2026-11-25T04:00:00.000Z' }) });
    expect(screen.getByTestId('promise').textContent).toContain('11月25日星期三');
  });

  it('says honestly that it is not delivered yet', async () => {
    await show({ delivery: 'queued', photoId });
    const delivery = screen.getByTestId('delivery');
    expect(delivery.dataset.state).toBe('queued');
    expect(delivery.textContent).toContain('等待上传');
  });

  it('is taken again after a rejection, which begins the order anew', async () => {
    const reasons = [{ code: 'x', zh: '眼镜反光', en: 'Glare' }];
    const sent = await show({ order: order({ state: 'rejected', reasons }) });
    expect(screen.getByTestId('reasons').textContent).toContain('眼镜反光');
    fireEvent.click(screen.getByTestId('retake'));
    expect(sent()).toEqual(['session.beginOrder']);
  });

  it('may be replaced when the server will never take it', async () => {
    const sent = await show({ delivery: 'parked', photoId });
    fireEvent.click(screen.getByTestId('retake'));
    expect(sent()).toEqual(['session.retake']);
  });
});
