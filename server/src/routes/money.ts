import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { Bills } from '../services/payments/bills.ts';
import type { MoneyLists } from '../services/payments/money-lists.ts';

type Ids =
  | 'listPayments'
  | 'listBills'
  | 'fetchBill'
  | 'listBillDifferences'
  | 'settleBillDifference'
  | 'listMoneyTotals'
  | 'exportMoneyTotals'
  | 'exportInvoiceRows'
  | 'listMoneyExports';

export function moneyRoutes(services: {
  readonly bills: Bills;
  readonly moneyLists: MoneyLists;
}): HandlersOf<Ids> {
  const { bills, moneyLists } = services;
  return {
    listPayments: async ({ query }) => ok(await moneyLists.payments(query)),
    listBills: async ({ query }) => ok(await bills.list(query.from, query.until)),
    fetchBill: ({ params }) => bills.fetch(params.day),
    listBillDifferences: async ({ query: { settled, ...page } }) =>
      ok(await bills.differences({ settled: settled === 'true', ...page })),
    settleBillDifference: ({ caller, params, body }) =>
      bills.settle(caller, params.differenceId, body.note),
    listMoneyTotals: ({ query }) => moneyLists.totals(query),
    exportMoneyTotals: ({ caller, query }) => moneyLists.exportTotals(caller, query),
    exportInvoiceRows: ({ caller, query: { names, reason, ...days } }) =>
      moneyLists.exportInvoices(caller, days, { wanted: names === 'true', reason }),
    listMoneyExports: async () => ok(await moneyLists.exports()),
  };
}
