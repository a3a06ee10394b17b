import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROUTES } from '@gradshot/contract';
import { createFileObjectStore, loadOrCreateKey, sweepTemporaryFiles } from '@gradshot/storage';
import {
  createHttpGateway,
  type HttpGatewayConfig,
} from './adapters/collection-code/http-gateway.ts';
import type { WechatPayConfig } from './adapters/wechat-pay/config.ts';
import { createWechatPayProvider } from './adapters/wechat-pay/wechat-pay-provider.ts';
import { lockFolder } from './database/folder-lock.ts';
import { prepareDatabase } from './database/prepare-database.ts';
import type { Db } from './database/schema.ts';
import { createLocalBus } from './happenings/local-bus.ts';
import { createPostgresBus } from './happenings/postgres-bus.ts';
import { createSharpInspector } from './images/sharp-inspector.ts';
import type { CollectionCodeGateway } from './ports/collection-code-gateway.ts';
import type { Environment, EventLog } from './ports/environment.ts';
import type { PaymentProvider } from './ports/payment-provider.ts';
import { createStorage } from './repositories/index.ts';
import { createVault, deriveKey } from './security/vault.ts';

export type DataOptions = {
  /** Folder of the photos and, without `databaseUrl`, of the embedded database. */
  readonly dataDir: string;
  /** A PostgreSQL server, `postgres://…`; several servers may share one. */
  readonly databaseUrl?: string;
  /** The 32-byte key of everything sealed, made at first use. Default `<dataDir>/server.key`. */
  readonly keyPath?: string;
};

export type EnvironmentOptions = DataOptions & {
  /** The agency's interface, or another implementation of the port. */
  readonly gateway: HttpGatewayConfig | CollectionCodeGateway;
  /** The merchant's configuration, or another implementation of the port. */
  readonly wechatPay: WechatPayConfig | PaymentProvider;
  /** Sample schools with an open batch; clients are told to say 演示. */
  readonly sample?: boolean;
  readonly clock?: () => Date;
  readonly log: EventLog;
  /** Address that the payment service reaches, asked when a payment is opened. */
  readonly publicUrl: () => string;
};

export type OpenData = { readonly db: Db; close(): Promise<void> };

/** Opens the database and brings it up to date. The embedded one is held for this process. */
export async function openData(options: DataOptions): Promise<OpenData> {
  const { dataDir, databaseUrl } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = databaseUrl ? undefined : await lockFolder(dataDir);
  try {
    const { db } = await prepareDatabase(
      databaseUrl ? { url: databaseUrl } : { dataDir: join(dataDir, 'database') },
    );
    return {
      db,
      async close() {
        await db.destroy();
        await unlock?.();
      },
    };
  } catch (error) {
    await unlock?.();
    throw error;
  }
}

/** Everything that the services use, over opened data. */
export async function createEnvironment(db: Db, options: EnvironmentOptions): Promise<Environment> {
  const master = await loadOrCreateKey(options.keyPath ?? join(options.dataDir, 'server.key'));
  const objectsDir = join(options.dataDir, 'objects');
  // Another server on the same folder may just be writing one.
  if (!options.databaseUrl) await sweepTemporaryFiles(objectsDir);
  const { databaseUrl } = options;
  const happenings = databaseUrl
    ? await createPostgresBus(databaseUrl, options.log)
    : createLocalBus();
  return {
    storage: createStorage(db, happenings),
    happenings,
    objects: createFileObjectStore(objectsDir, deriveKey(master, 'objects')),
    vault: createVault(master),
    gateway: gatewayOf(options),
    payments: providerOf(options),
    inspector: createSharpInspector(),
    clock: options.clock ?? (() => new Date()),
    log: options.log,
    notifyUrl: () => `${options.publicUrl().replace(/\/+$/, '')}${ROUTES.wechatPayNotify.path}`,
    sample: options.sample ?? false,
  };
}

function gatewayOf({ gateway, log }: EnvironmentOptions): CollectionCodeGateway {
  if ('resolve' in gateway) return gateway;
  const report = (trouble: object) => log.warn({ ...trouble }, 'collection-code gateway');
  return createHttpGateway({ report, ...gateway });
}

function providerOf({ wechatPay, log }: EnvironmentOptions): PaymentProvider {
  if ('createNative' in wechatPay) return wechatPay;
  const report = (trouble: object) => log.warn({ ...trouble }, 'WeChat Pay');
  return createWechatPayProvider({ report, ...wechatPay });
}
