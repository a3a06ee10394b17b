import { randomUUID } from 'node:crypto';
import { isIn } from '@gradshot/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paymentRow } from '../in-memory/rows.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { createMoneyDesk, openOrder } from './money-desk.ts';

/**
 * Whatever WeChat Pay tells about a refund, in whatever order and however often: the order is of no use as
 * a paid one exactly when its money is gone, or on its way.
 */

type Word = 'processing' | 'succeeded' | 'abnormal' | 'closed' | 'foreign' | 'part' | 'rest';
const WORDS: readonly Word[] = [
  ...(['processing', 'succeeded', 'abnormal', 'closed', 'foreign', 'part', 'rest'] as const),
];
const FEE_FEN = 3000;
const PART_FEN = 900;

/** A paid order whose refund was approved and is under way; then these words, one after the other. */
async function play(words: readonly Word[], { asked }: { readonly asked: boolean }) {
  const desk = createMoneyDesk();
  const { order, staff } = await openOrder(desk, { state: 'pendingCapture' });
  const payment = paymentRow(order, { state: 'paid', paidAt: desk.clock(), transactionId: 't' });
  await desk.storage.payments.insert(payment);
  const { outTradeNo, amountFen } = payment;
  desk.service.refund = async ({ outRefundNo, refundFen }) => ({
    ok: true,
    value: { outRefundNo, refundFen, refundId: 'own', state: 'processing' },
  });
  const wish = { reason: '申请退款', idempotencyKey: randomUUID() };
  if (asked) unwrap(await desk.refunds.request(staff, order, wish));
  const [own] = await desk.storage.refunds.refundsOf([payment.id]);
  const tell = async (
    number: string,
    state: 'succeeded' | 'abnormal' | 'closed',
    fen: number,
  ): Promise<void> => {
    const told = { kind: 'refund', notificationId: `${number} ${state}`, state, amountFen: fen };
    const which = { outTradeNo, transactionId: 't', outRefundNo: number, refundId: `of ${number}` };
    const rawBody = Buffer.from(JSON.stringify({ ...told, ...which }));
    unwrap(await desk.notifications.receive({ headers: {}, rawBody }));
  };
  const ownNumber = own?.outRefundNo ?? 'unknown';
  const say: Readonly<Record<Word, () => Promise<unknown>>> = {
    processing: () => {
      desk.advance(60_001);
      desk.service.queryRefund = async () => ({
        ok: true,
        value: { outRefundNo: ownNumber, refundFen: amountFen, refundId: 'own', state: 'abnormal' },
      });
      return desk.refunds.pursue(9);
    },
    succeeded: () => (own ? tell(ownNumber, 'succeeded', amountFen) : Promise.resolve()),
    abnormal: () => (own ? tell(ownNumber, 'abnormal', amountFen) : Promise.resolve()),
    closed: () => (own ? tell(ownNumber, 'closed', amountFen) : Promise.resolve()),
    foreign: () => tell('desk-whole', 'succeeded', amountFen),
    part: () => tell('desk-part', 'succeeded', PART_FEN),
    rest: () => tell('desk-rest', 'succeeded', amountFen - PART_FEN),
  };
  for (const word of words) await say[word]();
  const after = await desk.storage.orders.find(order.id);
  const money = await desk.storage.payments.find(payment.id);
  const history = await desk.storage.orders.history(order.id);
  return { state: after?.state, money, history, amountFen, own: ownNumber, desk };
}

/** What must be so, read off the words alone. */
function expected(words: readonly Word[], asked: boolean) {
  const has = (word: Word) => words.includes(word);
  const gone = (asked && has('succeeded')) || has('foreign') || (has('part') && has('rest'));
  const parts = (has('part') ? PART_FEN : 0) + (has('rest') ? FEE_FEN - PART_FEN : 0);
  return {
    gone,
    givenUp: asked && has('closed'),
    refundedFen: gone ? FEE_FEN : parts,
  };
}

const anyWords = fc.array(fc.constantFrom(...WORDS), { maxLength: 9 });

test('the money is gone exactly when the order is refunded', async () => {
  await fc.assert(
    fc.asyncProperty(anyWords, fc.boolean(), async (words, asked) => {
      const { state, money, history } = await play(words, { asked });
      const { gone, givenUp, refundedFen } = expected(words, asked);
      const open = asked && !givenUp ? 'refunding' : 'pendingCapture';
      expect(state).toBe(gone ? 'refunded' : open);
      expect(money).toMatchObject({ state: gone ? 'refunded' : 'paid', refundedFen });
      const ends = history.filter(({ event }) => event === 'confirmRefund');
      expect(ends).toHaveLength(gone ? 1 : 0);
    }),
    { numRuns: 300 },
  );
});

test('every pair and every triple of words about a refund of ours', async () => {
  const own = ['succeeded', 'abnormal', 'closed', 'processing'] as const;
  const triples = own.flatMap((a) => own.flatMap((b) => own.map((c) => [a, b, c] as const)));
  for (const words of triples) {
    const { state } = await play(words, { asked: true });
    const usable = state !== undefined && !isIn(state, 'refunding', 'ended');
    expect([words, usable]).toEqual([
      words,
      (words as readonly Word[]).includes('closed') && !words.includes('succeeded'),
    ]);
  }
});

test('an abnormal one waits for a hand, is sent to a card, and no old word stops it', async () => {
  const { desk, own, state } = await play(['abnormal'], { asked: true });
  expect(state).toBe('refunding');
  const [waiting] = (await desk.shownRefunds.list({ show: 'abnormal', page: 1, pageSize: 9 }))
    .refunds;
  expect(waiting).toMatchObject({ state: 'abnormal', outRefundNo: own, by: '李老师' });
  const { staff } = await openOrder(desk);
  const refundId = waiting?.refundId ?? '';
  const card = { bankType: 'ICBC_DEBIT', bankAccount: '6222000000000000', realName: '张三' };
  const known = { outRefundNo: own, refundFen: 2500, refundId: 'r' };
  desk.service.queryRefund = async () => ({ ok: true, value: { ...known, state: 'abnormal' } });
  desk.service.refundToCard = async () => ({ ok: true, value: { ...known, state: 'processing' } });
  const sent = unwrap(await desk.shownRefunds.toCard(staff, refundId, card));
  expect(sent).toMatchObject({ state: 'processing', providerRefundId: 'r' });
  expect(sent.history.at(-2)).toMatchObject({ act: 'toCard', by: '王老师', note: 'ICBC_DEBIT' });
  expect(JSON.stringify(sent)).not.toContain('6222');
  const old = { notificationId: `${own} abnormal`, kind: 'refund', state: 'abnormal' };
  const which = { outTradeNo: '', transactionId: '', outRefundNo: own, refundId: 'r' };
  const rawBody = Buffer.from(JSON.stringify({ ...old, ...which, amountFen: 2500 }));
  unwrap(await desk.notifications.receive({ headers: {}, rawBody }));
  expect((await desk.storage.refunds.find(refundId))?.state).toBe('processing');
  expect(await desk.shownRefunds.toCard(staff, refundId, card)).toMatchObject({
    error: { code: 'payment.notAbnormal' },
  });
});

test('an abnormal one that was paid by bank transfer is done, and told when it comes twice', async () => {
  const { desk, own } = await play(['abnormal'], { asked: true });
  const { staff } = await openOrder(desk);
  const [waiting] = (await desk.shownRefunds.list({ show: 'abnormal', page: 1, pageSize: 9 }))
    .refunds;
  const refundId = waiting?.refundId ?? '';
  const done = { reference: '转账 7', note: '' };
  const marked = unwrap(await desk.shownRefunds.markDone(staff, refundId, done));
  expect(marked).toMatchObject({ state: 'succeeded', orderState: 'refunded' });
  expect(unwrap(await desk.shownRefunds.markDone(staff, refundId, done))).toEqual(marked);
  expect(await desk.shownRefunds.markDone(staff, refundId, { ...done, reference: 'x2' })).toEqual({
    ok: false,
    error: { code: 'payment.notAbnormal' },
  });
  for (const notificationId of ['n', 'm'])
    await desk.notifications.receive({
      headers: {},
      rawBody: Buffer.from(
        JSON.stringify({
          ...{
            kind: 'refund',
            state: 'succeeded',
            notificationId,
            outTradeNo: '',
            amountFen: 2500,
          },
          ...{ transactionId: '', outRefundNo: own, refundId: 'r' },
        }),
      ),
    });
  const acts = await desk.storage.refunds.actsOfRefunds([refundId]);
  expect(acts.map(({ act }) => act)).toEqual([
    ...['requested', 'processing', 'abnormal', 'byHand', 'twice'],
  ]);
  expect(desk.logged).toContain('returned by hand and by the service');
});
