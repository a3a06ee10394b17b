import { buildStudent, sampleStudent, startFlakyProxy } from '@gradshot/testkit';
import { serveOverHttp } from '../../src/main/station/tests/stub-over-http.ts';
import { StubServer } from '../../src/main/station/tests/stub-server.ts';
import {
  type Arrival,
  codeOf,
  type DayServerOptions,
  type ServerReply,
  type ServerRequest,
} from './arrivals.ts';
import { type OutageTally, startOutages } from './outages.ts';

/**
 * The server of a day and the bad network before it, in a process of their own, so that their work is
 * not counted as the station's. Every graduate has one order, which is paid.
 */

const options = JSON.parse(process.argv[2] ?? '{}') as DayServerOptions;
/** As many as the station asks for. */
const CHANGES_PER_PAGE = 200;
const NO_OUTAGES: OutageTally = {
  outages: { refused: 0, silent: 0, cut: 0, answersLost: 0 },
  downMs: 0,
  totalMs: 0,
};

const stub = new StubServer();
stub.changesPerPage = CHANGES_PER_PAGE;
stub.keepsPictures = false;
for (let graduate = 0; graduate < options.graduates; graduate++) addPaidOrder(graduate);
const http = await serveOverHttp(stub);
const proxy = await startFlakyProxy(http.url);
let outages: ReturnType<typeof startOutages> | undefined;

const reply = (message: ServerReply) => process.send?.(message);

process.on('message', async ({ kind }: ServerRequest) => {
  if (kind === 'beginOutages') {
    outages = startOutages(proxy, options);
    return reply({ kind: 'begun' });
  }
  const network = (await outages?.stop()) ?? NO_OUTAGES;
  reply({ kind: 'arrivals', arrivals: arrivals(), network });
});
process.on('disconnect', () => process.exit(0));
reply({ kind: 'ready', url: proxy.url });

function addPaidOrder(graduate: number): void {
  const orderNo = `G20261130${`${graduate}`.padStart(5, '0')}`;
  const student = buildStudent({}, sampleStudent(graduate));
  stub.addOrder({ state: 'pendingCapture', orderNo, student }, codeOf(graduate));
}

function arrivals(): readonly Arrival[] {
  const photos = [...stub.photos];
  return [...stub.codes].flatMap(([code, { orderIds }]) =>
    orderIds.map((orderId) => ({
      code,
      state: stub.orders.get(orderId)?.state ?? 'pendingPayment',
      photos: photos
        .filter(([, photo]) => photo.orderId === orderId)
        .map(([photoId, { meta, uploads }]) => ({
          photoId,
          originalSha256: meta.originalSha256,
          standardSha256: meta.standardSha256,
          uploads,
        })),
      handedIn: stub.submissions.filter((x) => x.orderId === orderId).map((x) => x.photoId),
    })),
  );
}
