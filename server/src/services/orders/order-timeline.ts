import type { RouteOutput } from '@gradshot/contract';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderEventRecord, OrderRows } from '../../ports/order-life/order-repository.ts';
import type { RefundAct, RefundRows } from '../../ports/payments/refund-repository.ts';
import type {
  RefundRequestRows,
  ShownRefundRequest,
} from '../../ports/payments/refund-request-repository.ts';
import type { StaffRows } from '../../ports/staff/staff-repository.ts';
import type { StationRows } from '../../ports/stations/station-repository.ts';

export type TimelineRows = OrderRows & RefundRequestRows & RefundRows & StaffRows & StationRows;

type Step = RouteOutput<'getConsoleOrder'>['timeline'][number];

/** What staff read of an order: its history, who asked and decided, and each step of its refunds. */
export async function timelineOf(
  { storage }: Stored<TimelineRows>,
  orderId: string,
): Promise<Step[]> {
  const events = await storage.orders.history(orderId);
  const requests = await storage.refundRequests.listOfOrder(orderId);
  const refunds = await storage.refunds.listOfOrder(orderId);
  const acts = await storage.refunds.actsOfRefunds(refunds.map(({ id }) => id));
  const names = await namesOf(storage, events);
  const steps = [
    // Whoever asked and approved says more than the order's own step.
    ...events
      .filter(({ event }) => event !== 'requestRefund' || requests.length === 0)
      .map((event) => stepOf(event, names)),
    ...requests.flatMap(stepsOfRequest),
    ...acts.filter(({ act }) => act !== 'requested').map(stepOfAct),
  ];
  return steps.toSorted((a, b) => a.at.localeCompare(b.at));
}

/** Of staff and stations, by id. */
async function namesOf(
  { staff, stations }: StaffRows & StationRows,
  events: readonly OrderEventRecord[],
): Promise<ReadonlyMap<string, string>> {
  const ids = events.flatMap(({ actor, actorId }) =>
    actorId && actor !== 'graduate' ? [actorId] : [],
  );
  const named = await Promise.all(
    [...new Set(ids)].map(async (id) => {
      const found = (await staff.find(id)) ?? (await stations.find(id));
      return found ? ([id, found.name] as const) : undefined;
    }),
  );
  return new Map(named.filter((entry) => entry !== undefined));
}

function stepOf(event: OrderEventRecord, names: ReadonlyMap<string, string>): Step {
  const name = names.get(event.actorId ?? '');
  const { reason } = event.details;
  return {
    ...{ at: event.at.toISOString(), what: event.event, by: event.actor },
    ...(name ? { name } : {}),
    ...(typeof reason === 'string' && reason ? { note: reason } : {}),
  };
}

function stepsOfRequest(request: ShownRefundRequest): Step[] {
  const { askedAt, askedName, reason, decidedAt, decidedName, state, note } = request;
  const asked: Step = {
    ...{ at: askedAt.toISOString(), what: 'refund.asked', by: 'staff', name: askedName },
    note: reason,
  };
  if (!decidedAt) return [asked];
  const decided: Step = {
    ...{ at: decidedAt.toISOString(), what: `refund.${state}`, by: 'staff' },
    ...(decidedName ? { name: decidedName } : {}),
    ...(note ? { note } : {}),
  };
  return [asked, decided];
}

function stepOfAct({ at, act, name, note }: RefundAct): Step {
  return {
    ...{ at: at.toISOString(), what: `refund.${act}`, by: name ? 'staff' : 'server' },
    ...(name ? { name } : {}),
    ...(note ? { note } : {}),
  };
}
