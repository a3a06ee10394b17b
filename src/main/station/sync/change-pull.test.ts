import { fail, ok, type Result } from '@gradshot/domain';
import { expect, it } from 'vitest';
import type { OrderChange } from '../store/order-table.ts';
import { type PullOptions, pullChanges } from './change-pull.ts';
import type { StationClient } from './connection.ts';

type Page = { changes: readonly OrderChange[]; checkpoint: number; more: boolean };

function change(orderId: string, state: OrderChange['state']): OrderChange {
  return { orderId, state, reasons: [], at: '2026-11-23T01:00:00.000Z' };
}

function puller(pages: Result<Page>[]) {
  const asked: unknown[] = [];
  const kept: [number, number][] = [];
  const told: string[] = [];
  let checkpoint = 3;
  const client = {
    async call(id: string, { query }: { query: unknown }) {
      asked.push([id, query]);
      return pages.shift() ?? fail('server.internal');
    },
  } as unknown as StationClient;
  const options: PullOptions = {
    link: { enrolment: () => undefined, renew: () => undefined, asStation: (call) => call(client) },
    checkpoint: () => checkpoint,
    keep: (changes, to) => {
      kept.push([changes.length, to]);
      checkpoint = to;
    },
    onChange: ({ orderId, state }) => told.push(`${orderId} ${state}`),
  };
  return { options, asked, kept, told };
}

it('asks on from what was kept, page by page, and tells how each order stands now', async () => {
  const one = [
    change('A', 'verifyingIdentity'),
    change('B', 'rejected'),
    change('A', 'underReview'),
  ];
  const pull = puller([
    ok({ changes: one, checkpoint: 6, more: true }),
    ok({ changes: [change('A', 'collected')], checkpoint: 7, more: false }),
  ]);
  expect(await pullChanges(pull.options)).toMatchObject({ ok: true });
  expect(pull.asked).toEqual([
    ['pullChanges', { after: 3, limit: 200 }],
    ['pullChanges', { after: 6, limit: 200 }],
  ]);
  expect(pull.kept).toEqual([
    [3, 6],
    [1, 7],
  ]);
  expect(pull.told).toEqual(['A underReview', 'B rejected', 'A collected']);
});

it('keeps the pages that came before a failure', async () => {
  const pull = puller([
    ok({ changes: [change('A', 'underReview')], checkpoint: 4, more: true }),
    fail('network.timeout'),
  ]);
  expect(await pullChanges(pull.options)).toEqual(fail('network.timeout'));
  expect(pull.kept).toEqual([[1, 4]]);
});

it('does not ask for ever where a server promises more and brings nothing', async () => {
  const pull = puller([
    ok({ changes: [], checkpoint: 3, more: true }),
    ok({ changes: [], checkpoint: 3, more: true }),
  ]);
  expect(await pullChanges(pull.options)).toMatchObject({ ok: true });
  expect(pull.asked).toHaveLength(1);
});
