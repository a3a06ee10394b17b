import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@gradshot/contract';
import { PHOTO_PROFILES } from '@gradshot/domain';
import { SAMPLE_SCHOOLS, type Simulators, startSimulators } from '@gradshot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createServerLog,
  FolderInUseError,
  OPEN_SAMPLE_SCHOOLS,
  type StartOptions,
  startServer,
} from '../src/index.ts';
import { createTestStandardizer } from './support/standardizing.ts';
import { unwrap } from './support/test-server.ts';

let simulators: Simulators;
let dataDir: string;
let options: StartOptions;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gradshot-start-'));
  simulators = await startSimulators();
  options = {
    dataDir,
    sample: true,
    gateway: { baseUrl: simulators.gateway.url, ...simulators.gateway.credentials },
    wechatPay: { ...simulators.wechatPay.credentials, baseUrl: simulators.wechatPay.url },
    standardizer: createTestStandardizer(),
    logger: createServerLog('silent'),
  };
});
afterAll(async () => {
  await simulators?.close();
  await rm(dataDir, { recursive: true, force: true });
});

test('opens the sample, keeps it over a restart, and belongs to one process', async () => {
  const first = await startServer(options);
  await expect(startServer(options)).rejects.toThrow(FolderInUseError);
  const { code } = await first.createEnrolmentCode('99001');
  await expect(first.createEnrolmentCode('none')).rejects.toThrow('none');
  await first.close();

  const second = await startServer(options);
  const client = createClient({ baseUrl: second.url, fetch });
  const installationId = '00000000-0000-4000-8000-000000000001';
  const enrol = (name: string) =>
    client.call('enrolStation', {
      body: { code: ` ${code.toLowerCase()} `, name, installationId },
    });
  const enrolled = unwrap(await enrol('一号机'));
  expect(enrolled.school).toBe('演示大学');
  expect(await enrol('二号机')).toMatchObject({ error: { code: 'station.enrolmentCodeInvalid' } });

  const authorization = `Station ${enrolled.stationId}:${enrolled.deviceKey}`;
  const settings = unwrap(await client.call('getStationSettings', {}, { authorization }));
  const [{ version: profileVersion }] = PHOTO_PROFILES;
  expect(settings.batches).toMatchObject([
    { priceFen: 2500, profileId: 'chsi-480x640', profileVersion },
  ]);
  expect(settings.customerService.faq.length).toBeGreaterThan(3);

  // The same installation enrols again: one station, with another key.
  const again = await second.createEnrolmentCode('99001');
  const body = { code: again.code, name: '一号机', installationId };
  const renewed = unwrap(await client.call('enrolStation', { body }));
  expect(renewed.stationId).toBe(enrolled.stationId);
  expect(await client.call('getStationSettings', {}, { authorization })).toMatchObject({
    error: { code: 'station.notEnrolled' },
  });
  await second.close();
  expect(await readdir(dataDir)).toEqual(expect.arrayContaining(['database', 'server.key']));
});

test('closing waits for nobody who says nothing', async () => {
  const server = await startServer(options);
  const { port, hostname } = new URL(server.url);
  const silent = connect(Number(port), hostname);
  await new Promise((done) => silent.once('connect', done));
  silent.on('error', () => undefined);
  await server.close();
  silent.destroy();
});

test('the sample schools are those of the gateway’s simulator', () => {
  const { university, college } = SAMPLE_SCHOOLS;
  expect(OPEN_SAMPLE_SCHOOLS).toEqual([university, college]);
});
