// @vitest-environment jsdom
import type { DeliveryState } from '@gradshot/domain';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SessionAt } from '../../state/station-store.ts';
import { order, renderPage, startStation, student } from '../../tests/test-station.tsx';
import { HandedInPage } from './handed-in-page.tsx';

const photoId = '0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a001';

const onItsWay = (delivery: DeliveryState) =>
  order({ state: 'pendingCapture', local: { photoId, step: 'handedIn', delivery } });

async function show(changes: Partial<SessionAt<'handedIn'>>) {
  const session: SessionAt<'handedIn'> = {
    step: 'handedIn',
    student,
    order: order({ state: 'underReview' }),
    ...changes,
  };
  const station = await startStation(session);
  renderPage(<HandedInPage session={session} />);
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

  it.each([
    ['offline', '已提交，等待网络'],
    ['queued', '已提交，等待发送'],
    ['sending', '已提交，正在发送'],
    ['parked', '已提交，未能送达'],
  ] as const)(
    'on its way (%s), title, course and delivery say the same',
    async (delivery, says) => {
      await show({ order: onItsWay(delivery), photoId });
      expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(says);
      const stop = screen.getByTestId('review-course').querySelector('[aria-current="step"]');
      expect(stop?.textContent).toContain(says);
      const panel = screen.getByTestId('delivery');
      expect(panel.dataset.state).toBe(delivery);
      expect(panel.textContent).toContain(says);
      expect(document.body.textContent).not.toContain('待提交');
      expect(document.body.textContent).not.toContain('确认照片并提交');
    },
  );

  it('that has arrived promises no more than that', async () => {
    await show({ photoId });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('审核中');
    expect(screen.getByTestId('delivery').dataset.state).toBe('arrived');
  });

  it('is taken again after a rejection, which begins the order anew', async () => {
    const reasons = [{ code: 'x', zh: '眼镜反光', en: 'Glare' }];
    const sent = await show({ order: order({ state: 'rejected', reasons }) });
    expect(screen.getByTestId('reasons').textContent).toContain('眼镜反光');
    fireEvent.click(screen.getByTestId('retake'));
    expect(sent()).toEqual(['session.beginOrder']);
  });

  it('may be replaced when the server will never take it', async () => {
    const sent = await show({ order: onItsWay('parked'), photoId });
    fireEvent.click(screen.getByTestId('retake'));
    expect(sent()).toEqual(['session.retake']);
  });
});
