import { beforeEach, expect, it, vi } from 'vitest';
import { send } from '../../state/station-store.ts';
import { startStation, type TestStation } from '../../tests/test-station.tsx';
import { submitScanned, submitSeen } from './submit-code.ts';

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
});
const sent = () => station.sent.map(({ name }) => name);

it('hands over what a scanner typed to the last blank, and nothing that is blank', async () => {
  submitScanned({ payload: '  ' });
  submitScanned({ payload: ' sealed ' });
  await vi.waitFor(() => expect(sent()).toHaveLength(1));
  expect(station.sent).toEqual([
    { name: 'session.submitCode', payload: { payload: ' sealed ', source: 'scanner' } },
  ]);
});

it('loses no code that is read while the page waits for an answer', async () => {
  void send('session.enter', {});
  submitScanned({ payload: 'sealed' });
  expect(sent()).toEqual(['session.enter']);
  await vi.waitFor(() => expect(sent()).toEqual(['session.enter', 'session.submitCode']));
});

it('lets others pass while one is being looked up', async () => {
  submitScanned({ payload: 'sealed' });
  submitSeen({ payload: 'another' });
  await vi.waitFor(() => expect(sent()).toHaveLength(1));
  station.show({ busy: true });
  submitSeen({ payload: 'another' });
  await Promise.resolve();
  expect(sent()).toHaveLength(1);
});

it('hands over bytes as bytes', async () => {
  submitScanned({ payloadBase64: 'wcHB' });
  await vi.waitFor(() => expect(sent()).toHaveLength(1));
  expect(station.sent).toEqual([
    {
      name: 'session.submitCode',
      payload: { codes: [{ payloadBase64: 'wcHB' }], source: 'scanner' },
    },
  ]);
});
