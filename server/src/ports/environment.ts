import type { AccountRecord } from './accounts/account-repository.ts';
import type { SmsSender } from './accounts/sms-sender.ts';
import type { WechatLogin } from './accounts/wechat-login.ts';
import type { SheetMaker } from './downloads/sheet-maker.ts';
import type { CodeReader } from './eligibility/code-reader.ts';
import type { CollectionCodeGateway } from './eligibility/collection-code-gateway.ts';
import type { Clock } from './ground/clock.ts';
import type { EventLog } from './ground/event-log.ts';
import type { HappeningBus } from './ground/happenings.ts';
import type { JobQueue } from './ground/job-queue.ts';
import type { Vault } from './ground/vault.ts';
import type { GraduateMessages } from './messages/graduate-messages.ts';
import type { PaymentProvider } from './payments/payment-provider.ts';
import type { PhotoInspector } from './photos/photo-inspector.ts';
import type { PhotoObjects } from './photos/photo-objects.ts';
import type { Retention } from './photos/retention.ts';
import type { Storage } from './repositories.ts';
import type { Passwords } from './staff/passwords.ts';
import type { Standardizer } from './standardization/standardizer.ts';

/** All of the world that any service uses; each names its own part, and tests give it just that. */
export type Environment = {
  readonly storage: Storage;
  readonly happenings: HappeningBus;
  readonly objects: PhotoObjects;
  readonly vault: Vault;
  readonly gateway: CollectionCodeGateway;
  readonly payments: PaymentProvider;
  readonly inspector: PhotoInspector;
  readonly codeReader: CodeReader;
  readonly wechatLogin: WechatLogin;
  readonly passwords: Passwords;
  readonly sms: SmsSender;
  /** By how the account logs in. */
  readonly messages: Readonly<Record<AccountRecord['kind'], GraduateMessages>>;
  readonly standardizer: Standardizer;
  readonly sheets: SheetMaker;
  readonly jobs: JobQueue;
  readonly retention: Retention;
  /** So long a reviewer may take a decision back before it is carried out. */
  readonly reviewHoldMs: number;
  readonly clock: Clock;
  readonly log: EventLog;
  /** Public address that the payment service notifies; known once the server listens. */
  readonly notifyUrl: () => string;
  /** Simulators stand for 学信网 and WeChat. */
  readonly sample: boolean;
  /** Templates of subscription messages that the mini-program asks for, three at most. */
  readonly wechatTemplateIds: readonly string[];
};
