import { randomInt, randomUUID } from 'node:crypto';
import { ORDER_STATE_TEXT } from '@gradshot/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { keepHouse } from '../src/housekeeping.ts';
import type { MessageOutcome } from '../src/ports/messages/graduate-messages.ts';
import type { School } from '../src/ports/schools/school-repository.ts';
import { shortened } from '../src/services/messages/notice-deliveries.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { giveConsents, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const newPhone = () => `137${String(randomInt(1e8)).padStart(8, '0')}`;

describeOnServersDatabase('messages to graduates', (db) => {
  let server: TestServer;
  let school: School;
  const answers: MessageOutcome[] = [];
  beforeAll(async () => {
    server = await startTestServer(db(), { sending: answers });
    school = await server.addSchool();
  });
  beforeEach(() => {
    answers.length = 0;
  });
  afterAll(() => server?.close());

  const loginByPhone = async (phone: string) => {
    unwrap(await server.client().call('requestSmsCode', { body: { phone } }));
    const code = server.messages.findLast((message) => message.phone === phone)?.code ?? '';
    return unwrap(await server.client().call('loginSms', { body: { phone, code } })).accountToken;
  };
  const loginByWechat = async (code: string) =>
    unwrap(await server.client().call('loginWechat', { body: { code } })).accountToken;

  /** A graduate whose order waits for payment, linked to the account. */
  async function enter(token: string) {
    const client = server.client(`Bearer ${token}`);
    const { payload, holder } = server.addCode(school);
    const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
    const lastFour = holder.idNumber.slice(-4);
    const verified = unwrap(await client.call('verifyLastFour', { body: { ticket, lastFour } }));
    const orderId = verified.orders[0]?.orderId ?? '';
    const order = unwrap(await client.call('getOrder', { params: { orderId } }));
    return { client, orderId, orderNo: order.orderNo };
  }

  async function pay({ client, orderId }: Awaited<ReturnType<typeof enter>>): Promise<void> {
    const body = { method: 'native' as const, idempotencyKey: randomUUID() };
    await giveConsents(client, orderId);
    const payment = unwrap(await client.call('createPayment', { params: { orderId }, body }));
    server.pay.pay({ codeUrl: payment.codeUrl ?? '' });
    await server.pay.settle();
  }

  const sentFor = (orderId: string) => server.sent.filter((one) => one.orderId === orderId);
  const deliveries = (orderId: string) =>
    db()
      .selectFrom('noticeDeliveries')
      .innerJoin('notices', 'notices.id', 'noticeDeliveries.noticeId')
      .selectAll('noticeDeliveries')
      .where('notices.orderId', '=', orderId)
      .execute();
  const settled = async (orderId: string, state: string) =>
    expect.poll(() => deliveries(orderId)).toMatchObject([{ state }]);

  test('a change is told to the phone and to the openid, once each, with nothing personal', async () => {
    const phone = newPhone();
    const atHome = await enter(await loginByPhone(phone));
    await pay(atHome);
    await settled(atHome.orderId, 'sent');
    expect(sentFor(atHome.orderId)).toEqual([
      {
        to: phone,
        kind: 'progress',
        orderId: atHome.orderId,
        facts: {
          orderNo: atHome.orderNo,
          orderTail: atHome.orderNo.slice(-4),
          state: '待拍照',
          advice: '请阅读拍照要求后拍照',
          time: expect.stringMatching(/^\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}$/),
        },
      },
    ]);
    const inWechat = await enter(await loginByWechat(`user-${randomUUID()}`));
    await pay(inWechat);
    await settled(inWechat.orderId, 'sent');
    expect(sentFor(inWechat.orderId)[0]?.to).toMatch(/^openid-of-user/);
    const rows = await db().selectFrom('accounts').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(phone);
    expect(server.log.join('')).not.toContain(phone);
  });

  test('a job that runs again, or twice at once, sends nothing more', async () => {
    const graduate = await enter(await loginByPhone(newPhone()));
    await pay(graduate);
    await settled(graduate.orderId, 'sent');
    const [delivery] = await deliveries(graduate.orderId);
    const { deliveries: work } = server.services;
    await Promise.all([1, 2, 3].map(() => work.run(delivery!.noticeId, false)));
    expect(sentFor(graduate.orderId)).toHaveLength(1);
  });

  test('a busy carrier is asked again', async () => {
    answers.push({ kind: 'unavailable', why: '-1' }, { kind: 'unavailable', why: 'timeout' });
    const graduate = await enter(await loginByPhone(newPhone()));
    await pay(graduate);
    await settled(graduate.orderId, 'sent');
    expect(sentFor(graduate.orderId)).toHaveLength(3);
    expect(await deliveries(graduate.orderId)).toMatchObject([{ attempts: 3, why: null }]);
  });

  test('a refusal is kept and not tried again; so is a carrier that stays away', async () => {
    answers.push({ kind: 'refused', why: '43101' });
    const refused = await enter(await loginByWechat(`user-${randomUUID()}`));
    await pay(refused);
    await settled(refused.orderId, 'refused');
    expect(await deliveries(refused.orderId)).toMatchObject([{ attempts: 1, why: '43101' }]);
    for (let i = 0; i < 3; i += 1) answers.push({ kind: 'unavailable', why: 'unreachable' });
    const given = await enter(await loginByPhone(newPhone()));
    await pay(given);
    await settled(given.orderId, 'failed');
    server.advance(10 * 60_000);
    await keepHouse(server.environment, server.services);
    expect(sentFor(refused.orderId)).toHaveLength(1);
    expect(sentFor(given.orderId)).toHaveLength(3);
  });

  test('what a server that died left behind is sent by the next round', async () => {
    const graduate = await enter(await loginByPhone(newPhone()));
    await pay(graduate);
    await settled(graduate.orderId, 'sent');
    // As if the process had ended before the queue was told, or just as it began to send.
    for (const state of ['waiting', 'sending'] as const) {
      const updatedAt = server.now();
      const [delivery] = await deliveries(graduate.orderId);
      const before = sentFor(graduate.orderId).length;
      await server.environment.storage.deliveries.settle(delivery!.noticeId, {
        state,
        why: null,
        updatedAt,
      });
      server.advance(3 * 60_000);
      await keepHouse(server.environment, server.services);
      await settled(graduate.orderId, 'sent');
      expect(sentFor(graduate.orderId)).toHaveLength(before + 1);
    }
  });

  test('an account from before numbers were kept has no address until it logs in again', async () => {
    const phone = newPhone();
    const token = await loginByPhone(phone);
    await db()
      .updateTable('accounts')
      .set({ phoneSealed: null })
      .where('phoneHash', '=', server.environment.vault.pseudonym(phone, 'phone'))
      .execute();
    const first = await enter(token);
    await pay(first);
    await settled(first.orderId, 'refused');
    expect(await deliveries(first.orderId)).toMatchObject([{ why: 'noAddress' }]);
    server.advance(60_000);
    const second = await enter(await loginByPhone(phone));
    await pay(second);
    await settled(second.orderId, 'sent');
  });
});

describe('the advice', () => {
  test.each(Object.entries(ORDER_STATE_TEXT))('of %s fits a field of WeChat', (_, text) => {
    expect(text.zh.length).toBeLessThanOrEqual(5);
    const advice = shortened(text.nextZh, 20);
    expect(advice.length).toBeGreaterThan(4);
    expect(advice.length).toBeLessThanOrEqual(20);
    expect(advice).not.toMatch(/[，；。…]$/);
  });
});
