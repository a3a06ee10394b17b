// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '../../i18n/i18n.ts';
import {
  order,
  renderPage,
  serviceSession,
  startStation,
  student,
} from '../../tests/test-station.tsx';
import { PayAtOncePage } from './pay-at-once-page.tsx';

const service = serviceSession();
const payment = {
  step: 'payment',
  student,
  order: order(),
  payment: {
    paymentId: 'p',
    state: 'pending',
    amountFen: 2500,
    codeUrl: 'weixin://x',
    expiresAt: '2099-01-01T00:00:00.000Z',
  },
} as const;

afterEach(cleanup);

const box = (kind: string) =>
  screen.getByTestId(`consent-${kind}`).querySelector('input') as HTMLInputElement;

describe('consent, price and payment on one page', () => {
  it('asks for the code once the last consent is ticked, and for no press', async () => {
    const station = await startStation(service);
    renderPage(<PayAtOncePage session={service} />);
    expect(screen.getByTestId('price').textContent).toBe('¥25.00');
    fireEvent.click(box('faceProcessing'));
    expect(station.sent).toEqual([]);
    fireEvent.click(box('service'));
    expect(station.sent).toEqual([
      { name: 'session.pay', payload: { consents: ['faceProcessing', 'service'] } },
    ]);
  });

  it('keeps what was agreed to beside the code, where it cannot be taken back unseen', async () => {
    await startStation(service);
    const page = renderPage(<PayAtOncePage session={service} />);
    fireEvent.click(box('service'));
    fireEvent.click(box('faceProcessing'));
    page.rerender(
      <I18nextProvider i18n={i18n}>
        <PayAtOncePage session={payment} />
      </I18nextProvider>,
    );
    expect(screen.getByTestId('payment-state').dataset.state).toBe('pending');
    expect(box('service').checked && box('service').disabled).toBe(true);
    expect(screen.getByTestId('refresh-payment').className).not.toContain('primary');
  });

  it('shows the code alone where the consents are no longer known', async () => {
    await startStation(payment);
    renderPage(<PayAtOncePage session={payment} />);
    expect(screen.queryByTestId('consent-service')).toBeNull();
    expect(screen.getByTestId('payment-state')).toBeTruthy();
  });
});
