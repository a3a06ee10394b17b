import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ErrorCode, errorSentence } from './errors.ts';
import {
  ACTORS,
  type Actor,
  eventsFor,
  isFinal,
  locksOf,
  ORDER_EVENTS,
  ORDER_STATE_TEXT,
  ORDER_TRANSITIONS,
  type OrderEvent,
  transition,
} from './order-life-cycle.ts';
import { ORDER_STATES, type OrderState } from './order-states.ts';
import { fail } from './result.ts';

const anyState = fc.constantFrom(...ORDER_STATES);
const anyMove = fc.record({
  event: fc.constantFrom(...ORDER_EVENTS),
  actor: fc.constantFrom(...ACTORS),
});

/** Applies moves from the start; refused ones leave the state as it was. */
function walk(moves: readonly { event: OrderEvent; actor: Actor }[]) {
  const path: { from: OrderState; event: OrderEvent; actor: Actor; to: OrderState }[] = [];
  let state: OrderState = 'pendingPayment';
  for (const { event, actor } of moves) {
    const next = transition(state, event, actor);
    if (!next.ok) continue;
    path.push({ from: state, event, actor, to: next.value });
    state = next.value;
  }
  return path;
}

function reachableFrom(start: OrderState): Set<OrderState> {
  const seen = new Set([start]);
  for (const state of seen) {
    for (const row of ORDER_TRANSITIONS) if (row.from === state) seen.add(row.to);
  }
  return seen;
}

describe('the table', () => {
  test('is a function: one row for each state and event', () => {
    const keys = ORDER_TRANSITIONS.map(({ from, event }) => `${from} ${event}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('reaches every state from 待支付 and uses every event', () => {
    expect([...reachableFrom('pendingPayment')].sort()).toEqual([...ORDER_STATES].sort());
    expect(new Set(ORDER_TRANSITIONS.map(({ event }) => event))).toEqual(new Set(ORDER_EVENTS));
  });

  test.each(ORDER_STATES)('%s has a label, a next step and an exit', (state) => {
    const text = ORDER_STATE_TEXT[state];
    for (const words of [text.zh, text.en, text.nextZh, text.nextEn]) expect(words).not.toBe('');
    const exits = ORDER_TRANSITIONS.filter(
      ({ from, event }) => from === state && event !== 'refusePublishing',
    );
    expect(exits.length > 0).toBe(!isFinal(state));
    expect([...reachableFrom(state)].some(isFinal)).toBe(true);
  });

  test('follows the manual from the first state to the last', () => {
    const path = walk([
      { event: 'confirmPayment', actor: 'server' },
      { event: 'keepPhoto', actor: 'graduate' },
      { event: 'acceptStandardization', actor: 'server' },
      { event: 'handIn', actor: 'graduate' },
      { event: 'passIdentity', actor: 'server' },
      { event: 'approve', actor: 'reviewer' },
      { event: 'startPublishing', actor: 'server' },
      { event: 'confirmPublished', actor: 'server' },
    ]);
    expect(path.map(({ to }) => ORDER_STATE_TEXT[to].zh)).toEqual([
      '待拍照',
      '待标准化',
      '待提交',
      '身份核验中',
      '审核中',
      '采集完成',
      '上网中',
      '已上网',
    ]);
  });
});

describe('publishing', () => {
  const from = (state: OrderState, event: OrderEvent, actor: Actor = 'server') =>
    transition(state, event, actor);

  test('a photo that 学信网 refuses is retaken, also when it had taken it at first', () => {
    for (const state of ['publishing', 'published'] as const)
      expect(from(state, 'refusePublishing')).toEqual({ ok: true, value: 'rejected' });
    expect(from('rejected', 'confirmPublished')).toEqual({ ok: true, value: 'published' });
  });

  test('an approval is withdrawn before anything is on its way, and never afterwards', () => {
    for (const event of ['returnToReview', 'revokeApproval'] as const) {
      expect(from('collected', event, 'reviewer').ok).toBe(true);
      for (const state of ['publishing', 'published'] as const)
        expect(from(state, event, 'reviewer')).toMatchObject({ error: { code: 'order.locked' } });
    }
  });
});

describe('whatever anybody tries', () => {
  test('only rows of the table are taken, by the actors that they name', () => {
    fc.assert(
      fc.property(anyState, anyMove, (from, { event, actor }) => {
        const row = ORDER_TRANSITIONS.find((x) => x.from === from && x.event === event);
        const result = transition(from, event, actor);
        expect(result.ok).toBe(row?.by.includes(actor) ?? false);
        if (result.ok) expect(result.value).toBe(row?.to);
      }),
    );
  });

  test('nobody pays twice on one order', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 300 }), (moves) => {
        const payments = walk(moves).filter(({ event }) => event === 'confirmPayment');
        expect(payments.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  test('the photo never changes after 采集完成', () => {
    const touching: readonly OrderEvent[] = ['keepPhoto', 'discardPhoto', 'retake', 'withdraw'];
    for (const state of ['collected', 'publishing', 'published'] as const) {
      expect(locksOf(state)).toEqual({ record: 'forever', photo: 'forever', payment: 'forever' });
      for (const event of touching) {
        for (const actor of ACTORS) {
          expect(transition(state, event, actor)).toMatchObject({
            error: { code: 'order.locked' },
          });
        }
      }
    }
  });

  test('an order that was called off or paid back never says that collection is complete', () => {
    const codes = { cancelled: '取消', refunding: '正在退款', refunded: '已退款' } as const;
    for (const [state, word] of Object.entries(codes)) {
      const refused = transition(state as OrderState, 'keepPhoto', 'graduate');
      expect(refused).toEqual(fail(`order.${state}` as ErrorCode));
      if (refused.ok) return;
      expect(errorSentence(refused.error)).toContain(word);
      expect(errorSentence(refused.error)).not.toContain('完成，');
    }
    for (const state of ['collected', 'publishing', 'published'] as const)
      expect(transition(state, 'cancel', 'staff')).toEqual(fail('order.locked'));
  });

  test('under review only customer service takes a photo back', () => {
    for (const state of ['verifyingIdentity', 'underReview'] as const) {
      expect(locksOf(state).photo).toBe('byStaff');
      expect(eventsFor(state, 'graduate')).toEqual([]);
      expect(transition(state, 'withdraw', 'staff')).toEqual({ ok: true, value: 'pendingCapture' });
    }
  });

  test('a reviewer rejects, or 学信网; a rejected photo is retaken free of charge', () => {
    const rejecting = ORDER_TRANSITIONS.filter(({ to }) => to === 'rejected');
    expect(rejecting.map(({ event, by }) => [event, ...by])).toEqual([
      ['reject', 'reviewer'],
      ['revokeApproval', 'reviewer'],
      ['refusePublishing', 'server'],
      ['refusePublishing', 'server'],
    ]);
    expect(transition('rejected', 'retake', 'graduate')).toEqual({
      ok: true,
      value: 'pendingCapture',
    });
  });
});
