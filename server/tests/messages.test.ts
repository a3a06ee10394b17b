import { randomUUID } from 'node:crypto';
import { type AccountEvent, type Client, ROUTES } from '@gradshot/contract';
import { fail } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { createChatDesk } from '../src/services/messages/chat-desk.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { giveConsents, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnServersDatabase('chat, notices and events', (db) => {
  let server: TestServer;
  let school: School;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  async function account() {
    const body = { code: randomUUID() };
    const session = unwrap(await server.client().call('loginWechat', { body }));
    const token = `Bearer ${session.accountToken}`;
    return { token, client: server.client(token), accountId: session.account.accountId };
  }

  async function enter(client: Client) {
    const { payload, holder } = server.addCode(school);
    const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
    const body = { ticket, lastFour: holder.idNumber.slice(-4) };
    return unwrap(await client.call('verifyLastFour', { body })).orders[0]!.orderId;
  }

  const say = (client: Client, text: string, messageId = randomUUID(), orderId?: string) =>
    client.call('sendMessage', {
      params: { messageId },
      body: { text, ...(orderId ? { orderId } : {}) },
    });

  async function pay(client: Client, orderId: string): Promise<void> {
    await giveConsents(client, orderId);
    const payment = unwrap(
      await client.call('createPayment', {
        params: { orderId },
        body: { method: 'native', idempotencyKey: randomUUID() },
      }),
    );
    server.pay.pay({ codeUrl: payment.codeUrl! });
    await server.pay.settle();
  }

  async function addAgent() {
    const staffId = randomUUID();
    const now = server.now();
    await server.environment.storage.staff.save({
      id: staffId,
      account: staffId,
      name: '小李',
      roles: ['agent'],
      schoolIds: null,
      passwordHash: '',
      mustChangePassword: false,
      enabled: true,
      wrongCount: 0,
      lockedUntil: null,
      createdAt: now,
      updatedAt: now,
    });
    const base = { kind: 'staff', sessionId: randomUUID(), mustChangePassword: false } as const;
    return { ...base, staffId, roles: ['agent'] as const, schools: 'everySchool' as const };
  }

  test('a conversation: asked, answered, read on both sides', async () => {
    const { client, accountId } = await account();
    const orderId = await enter(client);
    const messageId = randomUUID();
    const sent = unwrap(await say(client, '照片可以重拍吗？', messageId, orderId));
    expect(sent).toMatchObject({ sequence: 1, from: 'graduate', orderId });
    expect(unwrap(await say(client, '照片可以重拍吗？', messageId)).sequence).toBe(1);
    expect(await say(client, '别的', messageId)).toEqual(fail('request.idempotencyMismatch'));

    const desk = createChatDesk(server.environment);
    const agent = await addAgent();
    const waiting = (await desk.conversations(agent)).conversations;
    const mine = waiting.find((x) => x.accountId === accountId);
    expect(mine).toMatchObject({ who: '张*例', lastText: '照片可以重拍吗？', unread: 1 });
    const seen = unwrap(await desk.messages(agent, { accountId, after: 0 }));
    expect(seen.messages.map((x) => x.text)).toEqual(['照片可以重拍吗？']);
    const reply = { accountId, messageId: randomUUID(), text: '可以，不用再付款。' };
    unwrap(await desk.answer(agent, reply));
    expect(unwrap(await desk.answer(agent, reply)).sequence).toBe(2);
    const after = (await desk.conversations(agent)).conversations;
    expect(after.find((x) => x.accountId === accountId)).toMatchObject({
      unread: 0,
      agentName: '小李',
    });

    const list = () => client.call('listMessages', { query: {} });
    const page = unwrap(await list());
    expect(page).toMatchObject({ unread: 1, online: true, more: false });
    expect(page.messages.map((x) => x.from)).toEqual(['graduate', 'agent']);
    expect(unwrap(await client.call('markChatRead', { body: { upTo: 99 } })).unread).toBe(0);
    expect(unwrap(await client.call('markChatRead', { body: { upTo: 0 } })).unread).toBe(0);
    const tail = unwrap(await client.call('listMessages', { query: { after: 1, limit: 1 } }));
    expect(tail.messages).toHaveLength(1);
    server.advance(3 * 60_000);
    expect(unwrap(await list()).online).toBe(false);
    const rows = await db().selectFrom('chatMessages').select('textSealed').execute();
    expect(rows.some((row) => Buffer.from(row.textSealed).includes('重拍'))).toBe(false);
  });

  test('messages sent at the same time get sequences without gaps', async () => {
    const { client } = await account();
    await Promise.all(Array.from({ length: 8 }, (_, i) => say(client, `第 ${i} 条`)));
    const { messages } = unwrap(await client.call('listMessages', { query: {} }));
    expect(messages.map((x) => x.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('another one’s order cannot be named, another one’s conversation not be seen', async () => {
    const [one, two] = [await account(), await account()];
    const orderId = await enter(one.client);
    expect(await say(two.client, '你好', randomUUID(), orderId)).toEqual(fail('order.notFound'));
    unwrap(await say(one.client, '只给客服看'));
    expect(unwrap(await two.client.call('listMessages', { query: {} })).messages).toEqual([]);
    expect(await say(one.client, ' ')).toMatchObject({ error: { code: 'request.invalid' } });
  });

  test('each change that matters leaves a notice, with the reasons of a rejection', async () => {
    const { client } = await account();
    const orderId = await enter(client);
    await pay(client, orderId);
    const { notices, unread } = unwrap(await client.call('listNotices', { query: {} }));
    expect(unread).toBe(1);
    expect(notices).toMatchObject([{ orderId, titleZh: '待拍照', read: false, sequence: 1 }]);
    expect(unwrap(await client.call('markNoticesRead', { body: { upTo: 1 } })).unread).toBe(0);
    expect(unwrap(await client.call('listNotices', { query: {} })).notices[0]?.read).toBe(true);
  });

  test('a stream nudges whom it concerns, and nobody else', async () => {
    const [one, two] = [await account(), await account()];
    const orderId = await enter(one.client);
    const closing = new AbortController();
    const listen = (token: string) => listenTo(server.url, token, closing.signal);
    const [mine, others] = await Promise.all([listen(one.token), listen(two.token)]);
    await pay(one.client, orderId);
    unwrap(await say(one.client, '在吗'));
    await mine.until((events) => events.some((event) => event.topic === 'chat'));
    expect(mine.events).toContainEqual({ topic: 'order', orderId });
    expect(mine.events).toContainEqual({ topic: 'notice', orderId });
    expect(others.events).toEqual([]);
    closing.abort();
  });
});

async function listenTo(url: string, authorization: string, signal: AbortSignal) {
  const response = await fetch(url + ROUTES.streamEvents.path, {
    headers: { authorization },
    signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: AccountEvent[] = [];
  const decoder = new TextDecoder();
  const read = async () => {
    for await (const chunk of response.body ?? []) {
      for (const line of decoder.decode(chunk as Uint8Array).split('\n'))
        if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as AccountEvent);
    }
  };
  read().catch(() => undefined);
  return {
    events,
    async until(done: (events: readonly AccountEvent[]) => boolean): Promise<void> {
      await vi.waitFor(() => expect(done(events)).toBe(true), 50_000);
    },
  };
}
