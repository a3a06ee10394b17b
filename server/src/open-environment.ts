import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ROUTES } from '@gradshot/contract';
import { fail } from '@gradshot/domain';
import { createFileObjectStore, loadOrCreateKey, sweepTemporaryFiles } from '@gradshot/storage';
import {
  createHttpGateway,
  type HttpGatewayConfig,
} from './adapters/collection-code/http-gateway.ts';
import {
  createTencentSmsMessages,
  type SmsTemplate,
} from './adapters/tencent-sms/tencent-sms-messages.ts';
import {
  createTencentSmsSender,
  type TencentSmsConfig,
} from './adapters/tencent-sms/tencent-sms-sender.ts';
import {
  createWechatLogin,
  type WechatLoginConfig,
} from './adapters/wechat-login/code-exchange.ts';
import {
  createWechatMessages,
  type WechatTemplate,
} from './adapters/wechat-messages/subscription-messages.ts';
import type { WechatPayConfig } from './adapters/wechat-pay/config.ts';
import { createWechatPayProvider } from './adapters/wechat-pay/wechat-pay-provider.ts';
import { lockFolder } from './database/folder-lock.ts';
import type { OpenDatabase } from './database/open-database.ts';
import { prepareDatabase } from './database/prepare-database.ts';
import { createLocalBus } from './happenings/local-bus.ts';
import { createPostgresBus } from './happenings/postgres-bus.ts';
import { createEngineStandardizer } from './images/engine-standardizer.ts';
import { createSharpInspector } from './images/sharp-inspector.ts';
import { createSheetMaker } from './images/sheet-maker.ts';
import { createCodeReader } from './images/zxing-code-reader.ts';
import { createBossQueue } from './jobs/boss-queue.ts';
import type { SmsSender } from './ports/accounts/sms-sender.ts';
import type { WechatLogin } from './ports/accounts/wechat-login.ts';
import type { CollectionCodeGateway } from './ports/eligibility/collection-code-gateway.ts';
import type { Environment } from './ports/environment.ts';
import type { EventLog } from './ports/ground/event-log.ts';
import type { GraduateMessages, NoticeKind } from './ports/messages/graduate-messages.ts';
import type { PaymentProvider } from './ports/payments/payment-provider.ts';
import { DEFAULT_RETENTION, type Retention } from './ports/photos/retention.ts';
import type { Standardizer } from './ports/standardization/standardizer.ts';
import { createStorage } from './repositories/index.ts';
import { createPasswords } from './security/passwords.ts';
import { createVault, deriveKey } from './security/vault.ts';
import { REVIEW_HOLD_SECONDS } from './services/review/review-decisions.ts';

/** Beside the sources, where the build puts it. */
const MODELS_DIR = join(import.meta.dirname, '../../resources/models');

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
  /** AppID and secret of the mini-program; without it nobody can log in by WeChat. */
  readonly wechatLogin?: WechatLoginConfig | WechatLogin;
  /** The carrier of login codes; without it nobody can log in by phone. */
  readonly sms?: TencentSmsConfig | SmsSender;
  /** What graduates are told outside of the client; a kind without a template stays inside. */
  readonly messages?: MessageTemplates;
  /** Folder with the networks of the imaging engine. Default: the one of this program. */
  readonly modelsDir?: string;
  /** In place of the engine of this program. */
  readonly standardizer?: Standardizer;
  /** Photos standardised at once in this process. Default 2. */
  readonly standardizing?: number;
  /** Days that photos are kept. */
  readonly retention?: Partial<Retention>;
  /** Before a reviewer's decision is carried out; 0: at once. Default 60. */
  readonly reviewHoldSeconds?: number;
  /** Sample schools with an open batch; clients are told to say 演示. */
  readonly sample?: boolean;
  readonly clock?: () => Date;
  readonly log: EventLog;
  /** Address that the payment service reaches, asked when a payment is opened. */
  readonly publicUrl: () => string;
};

export type MessageTemplates = {
  /** Subscription messages, sent with the credentials of `wechatLogin`. */
  readonly wechat?: Readonly<Partial<Record<NoticeKind, WechatTemplate | undefined>>> | undefined;
  /** Text messages, sent with the account of `sms`. */
  readonly sms?: Readonly<Partial<Record<NoticeKind, SmsTemplate | undefined>>> | undefined;
};

export type OpenData = OpenDatabase & { close(): Promise<void> };

/** Opens the database and brings it up to date. The embedded one is held for this process. */
export async function openData(options: DataOptions): Promise<OpenData> {
  const { dataDir, databaseUrl } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const unlock = databaseUrl ? undefined : await lockFolder(dataDir);
  try {
    const database = await prepareDatabase(
      databaseUrl ? { url: databaseUrl } : { dataDir: join(dataDir, 'database') },
    );
    return {
      ...database,
      async close() {
        await database.db.destroy();
        await unlock?.();
      },
    };
  } catch (error) {
    await unlock?.();
    throw error;
  }
}

/** Everything that the services use, over opened data. */
export async function createEnvironment(
  { db, pglite }: OpenDatabase,
  options: EnvironmentOptions,
): Promise<Environment> {
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
    codeReader: createCodeReader(),
    wechatLogin: wechatLoginOf(options),
    sms: smsOf(options),
    messages: { wechat: wechatMessagesOf(options), phone: smsMessagesOf(options) },
    standardizer:
      options.standardizer ??
      createEngineStandardizer(options.modelsDir ?? MODELS_DIR, options.log),
    passwords: createPasswords(),
    sheets: createSheetMaker(),
    jobs: createBossQueue(
      pglite ? { pglite } : { url: databaseUrl ?? '' },
      options.log,
      options.standardizing,
    ),
    retention: { ...DEFAULT_RETENTION, ...options.retention },
    reviewHoldMs: (options.reviewHoldSeconds ?? REVIEW_HOLD_SECONDS) * 1000,
    clock: options.clock ?? (() => new Date()),
    log: options.log,
    notifyUrl: () => `${options.publicUrl().replace(/\/+$/, '')}${ROUTES.wechatPayNotify.path}`,
    sample: options.sample ?? false,
    wechatTemplateIds: Object.values(options.messages?.wechat ?? {}).flatMap((template) =>
      template ? [template.templateId] : [],
    ),
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

function wechatLoginOf({ wechatLogin, log }: EnvironmentOptions): WechatLogin {
  if (!wechatLogin) return { exchange: async () => fail('auth.wechatUnavailable') };
  if ('exchange' in wechatLogin) return wechatLogin;
  const report = (trouble: object) => log.warn({ ...trouble }, 'WeChat login');
  return createWechatLogin({ report, ...wechatLogin });
}

function smsOf({ sms, log }: EnvironmentOptions): SmsSender {
  if (!sms) return { sendLoginCode: async () => fail('auth.smsUnavailable') };
  if ('sendLoginCode' in sms) return sms;
  const report = (trouble: object) => log.warn({ ...trouble }, 'SMS');
  return createTencentSmsSender({ report, ...sms });
}

const NO_MESSAGES: GraduateMessages = {
  send: async () => ({ kind: 'refused', why: 'noTemplate' }),
};

function wechatMessagesOf({ wechatLogin, messages, log }: EnvironmentOptions): GraduateMessages {
  const templates = messages?.wechat;
  if (!templates || !wechatLogin || 'exchange' in wechatLogin) return NO_MESSAGES;
  const report = (trouble: object) => log.warn({ ...trouble }, 'WeChat messages');
  return createWechatMessages({ ...wechatLogin, report, templates });
}

function smsMessagesOf({ sms, messages, log }: EnvironmentOptions): GraduateMessages {
  const templates = messages?.sms;
  if (!templates || !sms || 'sendLoginCode' in sms) return NO_MESSAGES;
  const report = (trouble: object) => log.warn({ ...trouble }, 'SMS messages');
  return createTencentSmsMessages({ report, ...sms, templates });
}
