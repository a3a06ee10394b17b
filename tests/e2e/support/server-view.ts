import { createClient, type OrderDetail } from '@gradshot/contract';
import type { OnSiteRecord } from '@gradshot/domain';
import type { SampleStudent } from '@gradshot/testkit';
import { SAMPLE_STAFF } from '../../../server/src/sample/sample-staff.ts';
import type { World } from './world.ts';

/** What the server holds about a student, seen through its public interface. */
export type ServerView = {
  order(): Promise<OrderDetail>;
  standardPhoto(photoId: string): Promise<Buffer>;
};

export async function viewServerAs(world: World, student: SampleStudent): Promise<ServerView> {
  const client = createClient({ baseUrl: world.serverUrl(), fetch });
  const payload = world.simulators.gateway.issueCode(student.studentNumber);
  const { ticket } = value(await client.call('resolveCode', { body: { payload } }));
  const lastFour = student.idNumber.replace(/[()]/g, '').slice(-4);
  const session = value(await client.call('verifyLastFour', { body: { ticket, lastFour } }));
  const options = { authorization: `Bearer ${session.sessionToken}` };
  const orderId = session.orders[0]?.orderId ?? '';
  return {
    order: async () => value(await client.call('getOrder', { params: { orderId } }, options)),
    standardPhoto: async (photoId) =>
      Buffer.from(
        value(await client.call('getStandardPhoto', { params: { orderId, photoId } }, options)),
      ),
  };
}

/** What staff at the station said about the photo that waits longest, as a reviewer is told. */
export async function saidToReviewers(world: World): Promise<OnSiteRecord | undefined> {
  const client = createClient({ baseUrl: world.serverUrl(), fetch });
  const reviewer = SAMPLE_STAFF.find(({ roles }) => roles.includes('reviewer'));
  const body = { account: reviewer?.account ?? '', password: reviewer?.password ?? '' };
  const { staffToken } = value(await client.call('loginStaff', { body }));
  const options = { authorization: `Staff ${staffToken}` };
  const { item } = value(await client.call('claimReview', { body: {} }, options));
  if (!item) throw new Error('nothing waits for a reviewer');
  const params = { orderId: item.order.orderId };
  const { leaseId } = item;
  value(await client.call('releaseReview', { params, body: { leaseId } }, options));
  return item.onSite;
}

function value<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
