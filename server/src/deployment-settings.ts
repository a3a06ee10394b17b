import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readMessageTemplates } from './message-settings.ts';
import { DEFAULT_RETENTION } from './ports/photos/retention.ts';
import type { StartOptions } from './start-server.ts';

/** No period at all would take photos from under their graduates' hands. */
const days = z.coerce.number().int().min(1).max(3650);
const flag = z.enum(['0', '1']).default('0');

/** Settings of a real deployment, as environment variables (server/README.md). */
const variables = z.object({
  GRADSHOT_HOST: z.string().default('0.0.0.0'),
  GRADSHOT_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  GRADSHOT_DATA_DIR: z.string().min(1),
  GRADSHOT_KEY_FILE: z.string().optional(),
  GRADSHOT_PUBLIC_URL: z.url({ protocol: /^https$/ }),
  GRADSHOT_TRUSTED_PROXIES: z.string().optional(),
  GRADSHOT_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  GATEWAY_URL: z.url({ protocol: /^https?$/ }),
  GATEWAY_AGENCY_ID: z.string().min(1),
  GATEWAY_SECRET_FILE: z.string().min(1),
  WECHAT_APP_SECRET_FILE: z.string().optional(),
  GRADSHOT_MESSAGES_FILE: z.string().optional(),
  SMS_SECRET_ID: z.string().optional(),
  SMS_SECRET_KEY_FILE: z.string().optional(),
  SMS_SDK_APP_ID: z.string().optional(),
  SMS_SIGN_NAME: z.string().optional(),
  SMS_TEMPLATE_ID: z.string().optional(),
  GRADSHOT_MODELS_DIR: z.string().optional(),
  GRADSHOT_KEEP_PHOTOS_DAYS: days.default(DEFAULT_RETENTION.endedDays),
  GRADSHOT_KEEP_DISCARDED_DAYS: days.default(DEFAULT_RETENTION.discardedDays),
  GRADSHOT_REVIEW_HOLD_SECONDS: z.coerce.number().int().min(0).max(3600).default(60),
  GRADSHOT_STANDARDIZING: z.coerce.number().int().min(1).max(64).optional(),
  WECHAT_PAY_MCH_ID: z.string().min(1),
  WECHAT_PAY_APP_ID: z.string().min(1),
  WECHAT_PAY_SERIAL: z.string().min(1),
  WECHAT_PAY_KEY_FILE: z.string().min(1),
  WECHAT_PAY_APIV3_KEY_FILE: z.string().min(1),
  WECHAT_PAY_PUBLIC_KEY_ID: z.string().optional(),
  WECHAT_PAY_PUBLIC_KEY_FILE: z.string().optional(),
  WECHAT_PAY_USE_CERTIFICATES: flag,
});
type Variables = z.infer<typeof variables>;

export type DeploymentSettings =
  | { readonly ok: true; readonly options: StartOptions; readonly logLevel: string }
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads and checks the environment; secrets stand in files that it names. */
export function settingsFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): DeploymentSettings {
  const parsed = variables.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    return { ok: false, faults };
  }
  try {
    const options = optionsOf(parsed.data);
    return { ok: true, options, logLevel: parsed.data.GRADSHOT_LOG_LEVEL };
  } catch (error) {
    return { ok: false, faults: [(error as Error).message] };
  }
}

const readSecret = (path: string) => readFileSync(path, 'utf8').trim();

function optionsOf(set: Variables): StartOptions {
  return {
    host: set.GRADSHOT_HOST,
    port: set.GRADSHOT_PORT,
    dataDir: set.GRADSHOT_DATA_DIR,
    ...(set.GRADSHOT_KEY_FILE ? { keyPath: set.GRADSHOT_KEY_FILE } : {}),
    ...(set.DATABASE_URL ? { databaseUrl: set.DATABASE_URL } : {}),
    publicUrl: set.GRADSHOT_PUBLIC_URL,
    ...(set.GRADSHOT_TRUSTED_PROXIES
      ? { trustedProxies: set.GRADSHOT_TRUSTED_PROXIES.split(',').map((x) => x.trim()) }
      : {}),
    gateway: {
      baseUrl: set.GATEWAY_URL,
      agencyId: set.GATEWAY_AGENCY_ID,
      secret: readSecret(set.GATEWAY_SECRET_FILE),
    },
    wechatPay: wechatPayOf(set),
    ...companionOf(set),
    retention: {
      endedDays: set.GRADSHOT_KEEP_PHOTOS_DAYS,
      discardedDays: set.GRADSHOT_KEEP_DISCARDED_DAYS,
    },
    reviewHoldSeconds: set.GRADSHOT_REVIEW_HOLD_SECONDS,
    ...(set.GRADSHOT_MODELS_DIR ? { modelsDir: set.GRADSHOT_MODELS_DIR } : {}),
    ...(set.GRADSHOT_STANDARDIZING ? { standardizing: set.GRADSHOT_STANDARDIZING } : {}),
  };
}

function wechatPayOf(set: Variables): StartOptions['wechatPay'] {
  const { WECHAT_PAY_PUBLIC_KEY_ID: keyId, WECHAT_PAY_PUBLIC_KEY_FILE: keyFile } = set;
  return {
    mchId: set.WECHAT_PAY_MCH_ID,
    appId: set.WECHAT_PAY_APP_ID,
    merchantSerial: set.WECHAT_PAY_SERIAL,
    merchantPrivateKey: readSecret(set.WECHAT_PAY_KEY_FILE),
    apiV3Key: readSecret(set.WECHAT_PAY_APIV3_KEY_FILE),
    ...(keyId && keyFile ? { publicKeys: { [keyId]: readSecret(keyFile) } } : {}),
    ...(set.WECHAT_PAY_USE_CERTIFICATES === '1' ? { useCertificates: true } : {}),
  };
}

/** Logins of the companion client; each way is open once it is configured. */
function companionOf(set: Variables): Pick<StartOptions, 'wechatLogin' | 'sms' | 'messages'> {
  const { WECHAT_APP_SECRET_FILE: secretFile, WECHAT_PAY_APP_ID: appId } = set;
  return {
    ...(secretFile ? { wechatLogin: { appId, appSecret: readSecret(secretFile) } } : {}),
    ...smsOf(set),
    ...messagesOf(set),
  };
}

function smsOf(set: Variables): Pick<StartOptions, 'sms'> {
  const { SMS_SECRET_ID, SMS_SECRET_KEY_FILE, SMS_SDK_APP_ID, SMS_SIGN_NAME, SMS_TEMPLATE_ID } =
    set;
  if (!SMS_SECRET_ID) return {};
  if (!SMS_SECRET_KEY_FILE || !SMS_SDK_APP_ID || !SMS_SIGN_NAME || !SMS_TEMPLATE_ID)
    throw new Error('SMS_SECRET_ID needs all the other SMS_… settings as well');
  return {
    sms: {
      secretId: SMS_SECRET_ID,
      secretKey: readSecret(SMS_SECRET_KEY_FILE),
      sdkAppId: SMS_SDK_APP_ID,
      signName: SMS_SIGN_NAME,
      templateId: SMS_TEMPLATE_ID,
    },
  };
}

/** A way of sending needs the credentials of its login. */
function messagesOf(set: Variables): Pick<StartOptions, 'messages'> {
  if (!set.GRADSHOT_MESSAGES_FILE) return {};
  const messages = readMessageTemplates(set.GRADSHOT_MESSAGES_FILE);
  if (messages.wechat && !set.WECHAT_APP_SECRET_FILE)
    throw new Error('messages by WeChat need WECHAT_APP_SECRET_FILE');
  if (messages.sms && !set.SMS_SECRET_ID)
    throw new Error('messages by SMS need the SMS_… settings');
  return { messages };
}
