import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { createCompanionServices } from './companion-services.ts';
import { createConsoleServices } from './console-services.ts';
import { addCompanionFiles } from './plugins/companion-files.ts';
import { addConsoleFiles } from './plugins/console-files.ts';
import { addContractRoutes } from './plugins/contract-routes.ts';
import { addDocuments } from './plugins/documents.ts';
import { createEventStreams } from './plugins/event-streams.ts';
import { addFailures } from './plugins/failures.ts';
import type { AnyHandler } from './plugins/handler.ts';
import { addLingeringClose } from './plugins/lingering-close.ts';
import { addRateLimits, DEFAULT_RATE_LIMITS, type RateLimits } from './plugins/rate-limits.ts';
import { addRawBodies } from './plugins/raw-bodies.ts';
import { addMultipart } from './plugins/uploads.ts';
import type { Environment } from './ports/environment.ts';
import type { JobWork } from './ports/ground/job-queue.ts';
import { companionRoutes } from './routes/companion.ts';
import { consoleRoutes } from './routes/console.ts';
import { consoleStreamRoutes } from './routes/console-stream.ts';
import { dueRefundRoutes } from './routes/due-refunds.ts';
import { eligibilityRoutes } from './routes/eligibility.ts';
import { homePhotoRoutes } from './routes/home-photos.ts';
import { accountStreamRoutes, chatDeskRoutes, messageRoutes } from './routes/messages.ts';
import { moneyRoutes } from './routes/money.ts';
import { orderRoutes } from './routes/orders.ts';
import { paymentRoutes } from './routes/payments.ts';
import { photoRoutes } from './routes/photos.ts';
import { publishingRoutes } from './routes/publishing.ts';
import { refundRoutes } from './routes/refunds.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { rosterRoutes } from './routes/rosters.ts';
import { sealedPhotoRoutes } from './routes/sealed-photos.ts';
import { staffRoutes } from './routes/staff.ts';
import { stationRoutes } from './routes/stations.ts';
import { createAuthentication } from './services/access/authentication.ts';
import { createOrderAccess } from './services/access/order-access.ts';
import { createSchoolAccess } from './services/access/school-access.ts';
import { createConsents } from './services/consents/consents.ts';
import { createCodeResolution } from './services/eligibility/code-resolution.ts';
import { createIdentityVerification } from './services/eligibility/identity-verification.ts';
import { createLockLifting } from './services/eligibility/lock-lifting.ts';
import { createOfflineRosters } from './services/offline/offline-roster.ts';
import { createOfflineVisits } from './services/offline/offline-visits.ts';
import { createOrders } from './services/orders/orders.ts';
import { createDeskPayments } from './services/payments/desk-payments.ts';
import { createPaymentNotifications } from './services/payments/payment-notifications.ts';
import { createPayments } from './services/payments/payments.ts';
import { createRefunds } from './services/payments/refunds.ts';
import { createPhotoRetention } from './services/photos/photo-retention.ts';
import { createPhotos } from './services/photos/photos.ts';
import { ARRIVAL_MEMORY, createPictureMemory } from './services/photos/picture-memory.ts';
import { createRosterDesk } from './services/rosters/roster-desk.ts';
import { createArrivals } from './services/stations/arrivals.ts';
import { createSealedPhotos } from './services/stations/sealed-photos.ts';
import { createStationKeys } from './services/stations/station-keys.ts';
import { createStations } from './services/stations/stations.ts';

export type ServerOptions = {
  readonly environment: Environment;
  readonly logger: FastifyBaseLogger;
  readonly version: string;
  readonly rateLimits?: Partial<RateLimits>;
  /** Addresses of the proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
};

export type Services = ReturnType<typeof createServices>;

export function createServices(environment: Environment) {
  const orders = createOrders(environment);
  const photos = createPhotos(environment);
  const deskPayments = createDeskPayments(environment);
  const offlineVisits = createOfflineVisits({ environment, deskPayments });
  return {
    codes: createCodeResolution(environment),
    identity: createIdentityVerification(environment),
    lockLifting: createLockLifting(environment),
    orders,
    consents: createConsents(environment),
    payments: createPayments(environment),
    deskPayments,
    offlineRosters: createOfflineRosters(environment),
    offlineVisits,
    notifications: createPaymentNotifications(environment, createRefunds(environment)),
    photos,
    arrivalMemory: createPictureMemory(ARRIVAL_MEMORY),
    retention: createPhotoRetention(environment),
    stations: createStations(environment),
    rosterDesk: createRosterDesk(environment),
    arrivals: createArrivals(environment),
    stationKeys: createStationKeys(environment),
    sealedPhotos: createSealedPhotos({ environment, photos, orders, offlineVisits }),
    ...createConsoleServices(environment),
    ...createCompanionServices(environment),
  };
}

/** What the workers of the queue do with a photo, a notice or an export batch. */
export function jobWorkOf(services: Services): JobWork {
  const { work, identityAdvising, deliveries, exportMaking, receiptApplying } = services;
  return {
    standardize: (photoId, lastTry) => work.run(photoId, lastTry),
    compare: (photoId, lastTry) => identityAdvising.run(photoId, lastTry),
    tell: (noticeId, lastTry) => deliveries.run(noticeId, lastTry),
    async publish(exportId, lastTry) {
      await exportMaking.run(exportId, lastTry);
      await receiptApplying.run(exportId);
    },
  };
}

export function createHandlers(services: Services) {
  return {
    ...eligibilityRoutes(services),
    ...orderRoutes(services),
    ...paymentRoutes(services),
    ...photoRoutes(services),
    ...stationRoutes(services),
    ...sealedPhotoRoutes(services),
    ...staffRoutes(services),
    ...reviewRoutes(services),
    ...consoleRoutes(services),
    ...dueRefundRoutes(services),
    ...refundRoutes(services),
    ...moneyRoutes(services),
    ...rosterRoutes(services),
    ...publishingRoutes(services),
    ...companionRoutes(services),
    ...homePhotoRoutes(services),
    ...messageRoutes(services),
    ...chatDeskRoutes(services),
  };
}

const JSON_LIMIT_BYTES = 256 * 1024;
/** An upload of 60 MiB over a poor campus network takes minutes; a silent client does not. */
const REQUEST_TIMEOUT_MS = 5 * 60_000;
const CONNECTION_TIMEOUT_MS = 60_000;

/** The web server over its services; not listening yet. */
export async function createServer(
  options: ServerOptions,
): Promise<{ app: FastifyInstance; services: Services }> {
  const app: FastifyInstance = fastify({
    loggerInstance: options.logger,
    bodyLimit: JSON_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    trustProxy: options.trustedProxies ? [...options.trustedProxies] : false,
    forceCloseConnections: 'idle',
  });
  const services = createServices(options.environment);
  const limits = { ...DEFAULT_RATE_LIMITS, ...options.rateLimits };
  addFailures(app);
  addLingeringClose(app);
  // A school's own network may serve plain HTTP behind a proxy: pages must not insist on HTTPS.
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  await addRateLimits(app, limits);
  await app.register(cookie);
  await addMultipart(app);
  addRawBodies(app);
  const streams = createEventStreams();
  app.addHook('preClose', async () => streams.closeAll());
  addContractRoutes(app, {
    handlers: {
      ...createHandlers(services),
      ...consoleStreamRoutes(options.environment, streams),
      ...accountStreamRoutes(options.environment, streams),
    } as unknown as Record<string, AnyHandler>,
    authentication: createAuthentication(options.environment),
    access: createOrderAccess(options.environment),
    schoolAccess: createSchoolAccess(options.environment),
    limits,
  });
  await addConsoleFiles(app);
  await addCompanionFiles(app);
  await addDocuments(app, options.version);
  app.get('/healthz', async () => ({ status: 'ok' }));
  return { app, services };
}
