import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { createServer, jobWorkOf, type Services } from './create-server.ts';
import { ensureFirstStaff } from './first-staff.ts';
import { startHousekeeping } from './housekeeping.ts';
import {
  createEnvironment,
  type EnvironmentOptions,
  type OpenData,
  openData,
} from './open-environment.ts';
import type { RateLimits } from './plugins/rate-limits.ts';
import { installSampleData } from './sample/sample-data.ts';
import { createServerLog } from './server-log.ts';
import { SERVER_VERSION } from './version.ts';

export type StartOptions = Omit<EnvironmentOptions, 'log' | 'publicUrl'> & {
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Address that the payment service reaches; the listening address when absent. */
  readonly publicUrl?: string;
  readonly logger?: FastifyBaseLogger;
  readonly rateLimits?: Partial<RateLimits>;
  /** Addresses of the proxies in front, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
};

export type RunningServer = {
  /** Where it listens, e.g. `http://127.0.0.1:43210`. */
  readonly url: string;
  /** A one-time code for a station of that school. Throws for an unknown school. */
  createEnrolmentCode(schoolCode: string): Promise<{ code: string; expiresAt: Date }>;
  /** Ends gracefully: running requests are answered, then the database is closed. */
  close(): Promise<void>;
};

/**
 * Opens data and database, applies migrations and listens. Throws `FolderInUseError`,
 * `DatabaseNewerError`, or the system's error for an address that is taken.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const data = await openData(options);
  try {
    return await listen(options, data);
  } catch (error) {
    await data.close();
    throw error;
  }
}

async function listen(options: StartOptions, data: OpenData): Promise<RunningServer> {
  const logger = options.logger ?? createServerLog();
  let publicUrl = options.publicUrl ?? '';
  const environment = await createEnvironment(data, {
    ...options,
    log: logger,
    publicUrl: () => publicUrl,
  });
  if (environment.sample) await installSampleData(environment.storage, environment.clock());
  if (data.pglite && !environment.sample)
    logger.warn('the embedded database survives a crash, not a power cut: set DATABASE_URL');
  const { app, services } = await createServer({
    environment,
    logger,
    version: SERVER_VERSION,
    ...(options.rateLimits ? { rateLimits: options.rateLimits } : {}),
    ...(options.trustedProxies ? { trustedProxies: options.trustedProxies } : {}),
  });
  const { dataDir } = options;
  const { staffMembers } = services;
  await ensureFirstStaff({ staffMembers, dataDir, sample: environment.sample, log: logger });
  await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  const url = listeningUrl(app, options.host);
  publicUrl ||= url;
  await environment.jobs.start(jobWorkOf(services));
  const stopTelling = services.deliveries.follow();
  const stopHousekeeping = startHousekeeping(environment, services);
  return {
    url,
    createEnrolmentCode: (schoolCode) => issueEnrolmentCode(services, schoolCode),
    async close() {
      await app.close();
      await stopHousekeeping();
      stopTelling();
      await environment.jobs.stop();
      await environment.standardizer.close();
      await environment.happenings.close();
      await data.close();
    },
  };
}

function listeningUrl(app: FastifyInstance, host = '127.0.0.1'): string {
  const { port } = app.server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

async function issueEnrolmentCode(services: Services, schoolCode: string) {
  const issued = await services.stations.issueCode(schoolCode);
  if (!issued.ok) throw new Error(`no school with code ${schoolCode}`);
  return issued.value;
}
