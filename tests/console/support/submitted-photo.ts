import { randomUUID } from 'node:crypto';
import { type Client, createClient, type OrderDetail } from '@gradshot/contract';
import type { OnSiteRecord, Result } from '@gradshot/domain';
import { makePhoto, type TestPhoto } from '../../../server/tests/support/pictures.ts';
import type { ConsoleWorld } from './console-world.ts';
import { enrolStation } from './enrolled-station.ts';

export type SubmittedPhoto = {
  readonly orderId: string;
  readonly orderNo: string;
  readonly photoId: string;
  /** Of the standard photo. */
  readonly sha256: string;
  order(): Promise<OrderDetail>;
  standardPhoto(): Promise<Buffer>;
};

/** A sample student pays, uploads a photo through the API and hands it in, with what staff said of it. */
export async function submitPhoto(
  world: ConsoleWorld,
  student: number,
  given?: TestPhoto,
  onSite?: OnSiteRecord,
): Promise<SubmittedPhoto> {
  const { client, params, codeUrl, orderNo } = await openPayment(world, student);
  const { orderId } = params;
  const { wechatPay } = world.simulators;
  wechatPay.pay({ codeUrl });
  await wechatPay.settle();
  const photoId = randomUUID();
  const photo = given ?? (await makePhoto(100 + student));
  value(await (await stationOf(world)).deliverPhoto({ orderId, photoId, ...photo }));
  const body = { photoId, ...(onSite ? { onSite } : {}) };
  value(await (onSite ? await stationOf(world) : client).call('handInPhoto', { params, body }));
  return {
    orderId,
    orderNo,
    photoId,
    sha256: photo.meta.standardSha256,
    order: async () => value(await client.call('getOrder', { params })),
    standardPhoto: async () =>
      Buffer.from(value(await client.call('getStandardPhoto', { params: { orderId, photoId } }))),
  };
}

const stations = new WeakMap<ConsoleWorld, Promise<Client>>();

/** The one station of the sample students' school, enrolled when it is first needed. */
function stationOf(world: ConsoleWorld): Promise<Client> {
  const station = stations.get(world) ?? enrolStation(world.url, world.enrolmentCode, '一号机');
  stations.set(world, station);
  return station;
}

/** A sample student with an order, agreed and about to pay. */
export async function openPayment(world: ConsoleWorld, student: number) {
  const person = studentOf(world, student);
  const open = createClient({ baseUrl: world.url, fetch });
  const payload = world.simulators.gateway.issueCode(person.studentNumber);
  const { ticket } = value(await open.call('resolveCode', { body: { payload } }));
  const lastFour = person.idNumber.replace(/[()]/g, '').slice(-4);
  const session = value(await open.call('verifyLastFour', { body: { ticket, lastFour } }));
  const authorization = `Bearer ${session.sessionToken}`;
  const client = createClient({ baseUrl: world.url, fetch, authorization });
  const { orderId = '', orderNo = '' } = session.orders[0] ?? {};
  const params = { orderId };
  const { consents } = value(await client.call('getService', { params }));
  const agreed = consents.map(({ kind, version }) => ({ kind, version }));
  value(await client.call('giveConsent', { params, body: { consents: agreed } }));
  const payment = value(
    await client.call('createPayment', {
      params,
      body: { method: 'native', idempotencyKey: randomUUID() },
    }),
  );
  return { client, params, orderNo, codeUrl: payment.codeUrl ?? '' };
}

/** A sample student of the first school. */
export function studentOf({ simulators }: ConsoleWorld, student: number) {
  const { students } = simulators.gateway;
  const person = students.filter(({ schoolCode }) => schoolCode === '99001')[student];
  if (!person) throw new Error(`no sample student ${student}`);
  return person;
}

/** Cancels the order and pays all the same: in a world whose payment service closes late. */
export async function payInVain(world: ConsoleWorld, student: number): Promise<string> {
  const { client, params, orderNo, codeUrl } = await openPayment(world, student);
  value(await client.call('cancelOrder', { params }));
  world.simulators.wechatPay.pay({ codeUrl });
  await world.simulators.wechatPay.settle();
  return orderNo;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
