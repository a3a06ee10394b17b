import { fail, ok } from '@gradshot/domain';
import { expect, it } from 'vitest';
import type { Enrolment, Settings } from '../store/settings.ts';
import { createConnection, type StationClient } from './connection.ts';
import { createServerLink } from './server-link.ts';

const ENROLMENT: Enrolment = {
  serverUrl: 'https://one',
  stationId: 'S1',
  deviceKey: 'K1',
  name: '一号',
  school: '示例大学',
};

it('calls as the station that is enrolled now, and as none before', async () => {
  let present: Enrolment | undefined;
  const settings = { get: () => present } as unknown as Settings;
  const calls: string[] = [];
  const link = createServerLink(
    settings,
    createConnection(() => undefined),
    (baseUrl, authorization) =>
      ({
        async call() {
          calls.push(`${baseUrl} ${authorization?.()}`);
          return ok({});
        },
      }) as unknown as StationClient,
  );
  const call = () => link.asStation((client) => client.call('getStationSettings'));
  expect(await call()).toEqual(fail('station.notEnrolled'));
  expect(link.enrolment()).toBeUndefined();
  present = ENROLMENT;
  expect(await call()).toEqual(fail('station.notEnrolled'));
  link.renew();
  expect(link.enrolment()).toBe(ENROLMENT);
  await call();
  present = { ...ENROLMENT, serverUrl: 'https://two', deviceKey: 'K2' };
  link.renew();
  await call();
  present = undefined;
  link.renew();
  expect(await call()).toEqual(fail('station.notEnrolled'));
  expect(calls).toEqual(['https://one Station S1:K1', 'https://two Station S1:K2']);
});
