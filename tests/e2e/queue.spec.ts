import { CONSOLE_ROUTES, createClient, createTableClient } from '@gradshot/contract';
import type { SampleStudent } from '@gradshot/testkit';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { BUILD_TIMEOUT_MS, ensureClientBuilt } from '../../scripts/setup/companion-build.ts';
import { patient } from '../../scripts/test/slowness.ts';
import { SAMPLE_STAFF } from '../../server/src/sample/sample-staff.ts';
import { command, typeLastFour } from './support/graduate.ts';
import { emptyFilm, launchKiosk } from './support/kiosk-browser.ts';
import { openPhone } from './support/phone-browser.ts';
import { viewServerAs } from './support/server-view.ts';
import { enterPin } from './support/staff-desk.ts';
import { openWorld, type World } from './support/world.ts';

/** The queue between phone, server and desk, and a class that is worked through. */

let world: World;
let browser: Browser;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(patient(BUILD_TIMEOUT_MS));
  await ensureClientBuilt('h5');
  world = await openWorld();
  browser = await launchKiosk(await emptyFilm(world.folder));
});
test.afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const student = (index: number): SampleStudent => world.simulators.gateway.students[index]!;
const lastFourOf = ({ idNumber }: SampleStudent) => idNumber.replace(/[()]/g, '').slice(-4);

async function openStation(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.goto(await world.stationAddress());
  return page;
}

/** With the PIN, to the queue. */
async function openDesk(page: Page): Promise<void> {
  await page.getByTestId('brand').click({ delay: 1500 });
  await enterPin(page);
  await page.getByTestId('tab-queue').click();
  await page.getByTestId('queue-desk').waitFor();
}

/** What the code on the screen says. */
const arrivalAddress = (page: Page) =>
  page.evaluate(async () => {
    const { station } = globalThis as unknown as {
      station: { invoke(name: string, payload: object): Promise<{ value: unknown }> };
    };
    const { value } = await station.invoke('station.snapshot', {});
    return (value as { arrivals?: { qrText?: string } }).arrivals?.qrText ?? '';
  });

test('a phone that scans the station’s code has a number, and comes when it is called', async () => {
  const who = student(2);
  const station = await openStation();
  await openDesk(station);
  await station.getByTestId('arrivals-switch').click();
  await station.getByTestId('staff-lock').click();
  await expect(station.getByTestId('arrival-card').getByTestId('qr-code')).toBeVisible({
    timeout: patient(20_000),
  });

  const { graduate, faults } = await openPhone(browser, world.serverUrl(), world.simulators.sms);
  await graduate.logIn('13700137000');
  const token = await graduate.page.evaluate(() => localStorage.getItem('account-token'));
  const payload = world.simulators.gateway.issueCode(who.studentNumber);
  const phone = createClient({
    ...{ baseUrl: world.serverUrl(), fetch },
    authorization: `Bearer ${token}`,
  });
  const { ticket } = value(await phone.call('resolveCode', { body: { payload } }));
  value(await phone.call('verifyLastFour', { body: { ticket, lastFour: lastFourOf(who) } }));
  await graduate.page.goto(await arrivalAddress(station));
  await expect(graduate.part('arrival-number')).toHaveText('A001', { timeout: patient(30_000) });
  await expect(graduate.part('arrival-place')).toHaveText('下一位就是您');

  await openDesk(station);
  await expect(station.getByTestId('queue-A001')).toBeVisible();
  await station.getByTestId('call-next').click();
  await expect(station.getByTestId('called')).toContainText('A001');
  await expect(graduate.part('page-arrival')).toContainText('请到采集点', {
    timeout: patient(30_000),
  });
  await station.getByTestId('begin-visit').click();
  await expect(station.getByTestId('page-verify')).toBeVisible({ timeout: patient(20_000) });
  await typeLastFour(station, lastFourOf(who));
  await expect(station.getByTestId('page-orders')).toBeVisible();
  await expect(graduate.part('arrival-place')).toContainText('正在办理', {
    timeout: patient(30_000),
  });
  await command(station, 'session.leave');
  expect(faults).toEqual([]);
  await graduate.page.context().close();
  await station.close();
});

test('a class is worked through, with one who is absent', async () => {
  const people = [student(3), student(4)];
  for (const one of people) await viewServerAs(world, one);
  await importClass(people);
  const station = await openStation();
  await openDesk(station);
  await station.getByTestId('queue-ways').getByText('按名单拍摄').click();
  await station.getByTestId('open-class-0').click();
  const endOf = (index: number) => people[index]!.studentNumber.slice(-4);
  await station.getByTestId(`absent-${endOf(0)}`).click();
  await expect(station.getByTestId('class-counts')).toHaveText('已办完 0/2，缺席 1');
  await station.getByTestId('show-absentees').click();
  const saved = station.waitForEvent('download');
  await station.getByTestId('save-absentees').click();
  expect((await saved).suggestedFilename()).toContain('缺席名单');
  await station.keyboard.press('Escape');
  await station.getByTestId(`begin-${endOf(1)}`).click();
  await expect(station.getByTestId('page-verify')).toBeVisible({ timeout: patient(20_000) });
  await typeLastFour(station, lastFourOf(people[1]!));
  await expect(station.getByTestId('page-orders')).toBeVisible();
});

async function importClass(people: readonly SampleStudent[]): Promise<void> {
  const admin = SAMPLE_STAFF.find(({ roles }) => roles.includes('administrator'));
  const body = { account: admin?.account ?? '', password: admin?.password ?? '' };
  const baseUrl = world.serverUrl();
  const { staffToken } = value(await createClient({ baseUrl, fetch }).call('loginStaff', { body }));
  const client = createTableClient(CONSOLE_ROUTES, {
    ...{ baseUrl, fetch, authorization: `Staff ${staffToken}` },
  });
  const { batches } = value(await client.call('listBatches'));
  const batch = batches.find(({ schoolCode }) => schoolCode === people[0]?.schoolCode);
  const rows = people.map(({ studentNumber, name, idNumber }) =>
    [studentNumber, name, idNumber, '', '测试学院', '软件工程', '测试班'].join(),
  );
  const csv = ['学号,姓名,证件号,考生号,学院,专业,班级', ...rows].join('\r\n');
  const input = { params: { batchId: batch?.batchId ?? '' }, query: { dryRun: 'false' as const } };
  const imported = value(
    await client.sendBytes('importRoster', { ...input, bytes: Buffer.from(csv) }),
  );
  expect(imported).toMatchObject({ imported: true });
}

function value<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
