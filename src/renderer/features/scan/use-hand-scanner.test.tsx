// @vitest-environment jsdom
import { fail, ok } from '@gradshot/domain';
import { act, cleanup } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { i18n } from '../../i18n/i18n.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { useHandScanner } from './use-hand-scanner.ts';

let station: TestStation;
let heard: string[];
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  station.answer('scanner.takeCode', ok({ payload: 'read' }));
  heard = [];
});
afterEach(cleanup);

function Page({ name, waits = true }: { name: string; waits?: boolean }) {
  useHandScanner(waits ? (code) => heard.push(`${name} ${JSON.stringify(code)}`) : undefined);
  return null;
}
const read = (scannerRead: number) => act(async () => station.show({ scannerRead }));
const taken = () => station.sent.filter(({ name }) => name === 'scanner.takeCode');

it('takes what the station has read, once, and each time another', async () => {
  renderPage(<Page name="page" />);
  await read(1);
  await read(1);
  expect(heard).toEqual(['page {"payload":"read"}']);
  await read(2);
  expect(taken().map(({ payload }) => payload)).toEqual([{ read: 1 }, { read: 2 }]);
});

it('leaves it to whoever began to listen last', async () => {
  renderPage(<Page name="below" />);
  renderPage(<Page name="above" />);
  await read(1);
  expect(heard).toEqual(['above {"payload":"read"}']);
});

it('takes nothing while the page waits for no code, and what still waits once it does', async () => {
  const page = renderPage(<Page name="page" waits={false} />);
  await read(1);
  expect(taken()).toEqual([]);
  const waiting = (
    <I18nextProvider i18n={i18n}>
      <Page name="page" />
    </I18nextProvider>
  );
  await act(async () => page.rerender(waiting));
  expect(heard).toHaveLength(1);
});

it('hears nothing of what another page has taken', async () => {
  station.answer('scanner.takeCode', fail('request.notFound'));
  renderPage(<Page name="page" />);
  await read(1);
  expect(heard).toEqual([]);
});
