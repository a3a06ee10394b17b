// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { renderPage, serviceSession, startStation } from '../../tests/test-station.tsx';
import { ServicePage } from './service-page.tsx';

const session = serviceSession();

afterEach(cleanup);

const tick = (kind: string) =>
  fireEvent.click(screen.getByTestId(`consent-${kind}`).querySelector('input') as HTMLInputElement);
const pay = () => screen.getByTestId('pay') as HTMLButtonElement;

describe('服务内容', () => {
  it('lets nobody pay before each consent was ticked by itself', async () => {
    const station = await startStation(session);
    renderPage(<ServicePage session={session} />);
    expect(pay().disabled).toBe(true);
    tick('service');
    expect(pay().disabled).toBe(true);
    tick('faceProcessing');
    expect(pay().disabled).toBe(false);
    tick('service');
    expect(pay().disabled).toBe(true);
    tick('service');
    fireEvent.click(pay());
    expect(station.sent).toEqual([
      { name: 'session.pay', payload: { consents: ['faceProcessing', 'service'] } },
    ]);
  });

  it('shows the price', async () => {
    await startStation(session);
    renderPage(<ServicePage session={session} />);
    expect(screen.getByTestId('price').textContent).toBe('¥25.00');
  });
});
