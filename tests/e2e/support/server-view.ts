import { createClient, type OrderDetail } from '@gradshot/contract';
import type { SampleStudent } from '@gradshot/testkit';
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

function value<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
