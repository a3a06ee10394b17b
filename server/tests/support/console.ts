import { randomUUID } from 'node:crypto';
import type { Client, ReviewItem, RouteOutput } from '@gradshot/contract';
import type { Result, StaffRole } from '@gradshot/domain';
import type { School } from '../../src/ports/schools/school-repository.ts';
import { makePhoto } from './pictures.ts';
import { enterPaid, type TestServer, unwrap } from './test-server.ts';

export const PASSWORD = 'correct horse battery';

export type TestStaff = {
  readonly account: string;
  readonly staffId: string;
  readonly authorization: string;
  readonly client: Client;
};

/** A member of staff who has logged in. */
export function addStaff(server: TestServer, ...roles: StaffRole[]): Promise<TestStaff> {
  return addStaffOf(server, null, ...roles);
}

/** As `addStaff`, kept to these schools. */
export async function addStaffOf(
  server: TestServer,
  schools: readonly School[] | null,
  ...roles: StaffRole[]
): Promise<TestStaff> {
  const account = `staff-${randomUUID().slice(0, 8)}`;
  const codes = schools?.map(({ code }) => code);
  await server.services.staffMembers.installSample([
    { account, name: `名 ${account}`, roles, enabled: true, password: PASSWORD, schools: codes },
  ]);
  const body = { account, password: PASSWORD };
  const session = unwrap(await server.client().call('loginStaff', { body }));
  const authorization = `Staff ${session.staffToken}`;
  const client = server.client(authorization);
  return { account, staffId: session.staff.staffId, authorization, client };
}

/** A graduate whose photo waits for a reviewer, or still for 提交. */
export async function submitPhoto(
  server: TestServer,
  school: School,
  seed = 1,
  until: 'delivered' | 'handedIn' = 'handedIn',
) {
  const graduate = await enterPaid(server, school);
  const client = server.client(graduate.authorization);
  const station = await server.stationOf(school);
  const params = { orderId: graduate.orderId };
  const upload = async (photoSeed: number) => {
    const photo = await makePhoto(photoSeed);
    const photoId = randomUUID();
    unwrap(await station.deliverPhoto({ ...params, photoId, ...photo }));
    return { photoId, photo };
  };
  const submit = async (photoSeed: number) => {
    const sent = await upload(photoSeed);
    unwrap(await client.call('handInPhoto', { params, body: { photoId: sent.photoId } }));
    return sent;
  };
  const order = async () => unwrap(await client.call('getOrder', { params }));
  const sent = await (until === 'handedIn' ? submit : upload)(seed);
  return { ...graduate, client, station, params, order, upload, submit, ...sent };
}

export async function claim(staff: TestStaff, ahead = false): Promise<ReviewItem> {
  const { item } = unwrap(await staff.client.call('claimReview', { body: { ahead } }));
  if (!item) throw new Error('the queue is empty');
  return item;
}

export function approve(staff: TestStaff, item: ReviewItem) {
  return staff.client.call('approveReview', {
    params: { orderId: item.order.orderId },
    body: { leaseId: item.leaseId, photoId: item.photoId },
  });
}

export function reject(staff: TestStaff, item: ReviewItem, codes: string[], note = '') {
  return staff.client.call('rejectReview', {
    params: { orderId: item.order.orderId },
    body: { leaseId: item.leaseId, photoId: item.photoId, codes, note },
  });
}

/** The fee of an order goes back: one asks, another approves. */
export async function refundByTwo(
  server: TestServer,
  approver: TestStaff,
  orderId: string,
  { reason = '不参加采集', idempotencyKey = randomUUID() as string } = {},
): Promise<Result<RouteOutput<'askRefund'>>> {
  const asker = await addStaff(server, 'agent');
  const body = { reason, idempotencyKey };
  const asked = await asker.client.call('askRefund', { params: { orderId }, body });
  if (!asked.ok) return asked;
  const { requestId } = asked.value;
  return approver.client.call('decideRefundRequest', {
    ...{ params: { requestId }, body: { decision: 'approve' } },
  });
}
