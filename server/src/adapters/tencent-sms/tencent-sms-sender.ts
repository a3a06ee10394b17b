import { fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';
import type { LoginCodeMessage, SmsSender } from '../../ports/sms-sender.ts';
import { exchange, parseJson } from '../http/bounded-exchange.ts';
import { tc3Headers } from './tc3-signature.ts';

export type TencentSmsConfig = {
  readonly secretId: string;
  readonly secretKey: string;
  /** Application of the SMS console, e.g. `1400006666`. */
  readonly sdkAppId: string;
  /** Approved signature (短信签名), without brackets. */
  readonly signName: string;
  /** Approved template with two variables: {1} the code, {2} minutes of validity. */
  readonly templateId: string;
  /** Default `ap-guangzhou`. */
  readonly region?: string;
  /** Default `https://sms.tencentcloudapi.com`. */
  readonly baseUrl?: string;
  /** Default 6000 ms. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** Told Tencent's error code, or a network word; never a number or a code. */
  readonly report?: (trouble: { readonly why: string; readonly requestId?: string }) => void;
};

const SMS_URL = 'https://sms.tencentcloudapi.com';

const answer = z.object({
  Response: z.object({
    RequestId: z.string().optional(),
    Error: z.object({ Code: z.string() }).optional(),
    SendStatusSet: z.array(z.object({ Code: z.string() })).optional(),
  }),
});

/** How long a number has to wait after each of Tencent's limits, seconds. */
const WAITS: Readonly<Record<string, number>> = {
  'LimitExceeded.PhoneNumberThirtySecondLimit': 30,
  'LimitExceeded.PhoneNumberOneHourLimit': 3600,
  'LimitExceeded.PhoneNumberDailyLimit': 86_400,
  'LimitExceeded.PhoneNumberSameContentDailyLimit': 86_400,
  'LimitExceeded.DeliveryFrequencyLimit': 60,
};

const UNREACHABLE_NUMBERS: ReadonlySet<string> = new Set([
  'InvalidParameterValue.IncorrectPhoneNumber',
  'FailedOperation.PhoneNumberInBlacklist',
  'UnsupportedOperation.UnsupportedRegion',
]);

/** Tencent Cloud SMS, `SendSms` of version 2021-01-11. */
export function createTencentSmsSender(config: TencentSmsConfig): SmsSender {
  return { sendLoginCode: (message) => send(config, message) };
}

async function send(config: TencentSmsConfig, message: LoginCodeMessage): Promise<Result<void>> {
  const url = new URL('/', config.baseUrl ?? SMS_URL);
  const body = JSON.stringify({
    PhoneNumberSet: [`+86${message.phone}`],
    SmsSdkAppId: config.sdkAppId,
    SignName: config.signName,
    TemplateId: config.templateId,
    TemplateParamSet: [message.code, String(message.validMinutes)],
  });
  const headers = tc3Headers({
    secretId: config.secretId,
    secretKey: config.secretKey,
    service: 'sms',
    host: url.host,
    action: 'SendSms',
    version: '2021-01-11',
    region: config.region ?? 'ap-guangzhou',
    body,
    now: config.now?.() ?? new Date(),
  });
  const timeoutMs = config.timeoutMs ?? 6000;
  const outcome = await exchange({
    method: 'POST',
    url,
    headers,
    body,
    timeoutMs,
    maxBytes: 64 * 1024,
  });
  if (!outcome.ok) return unavailable(config, outcome.why);
  return readAnswer(config, parseJson(outcome.exchange.body));
}

function readAnswer(config: TencentSmsConfig, json: unknown): Result<void> {
  const response = answer.safeParse(json).data?.Response;
  const code = response?.Error?.Code ?? response?.SendStatusSet?.[0]?.Code;
  if (code === 'Ok') return ok(undefined);
  if (!code) return unavailable(config, 'malformed');
  const seconds = WAITS[code];
  if (seconds !== undefined) return fail('request.tooMany', { seconds });
  if (UNREACHABLE_NUMBERS.has(code)) return fail('request.invalid', { field: '手机号' });
  return unavailable(config, code, response?.RequestId);
}

function unavailable(config: TencentSmsConfig, why: string, requestId?: string): Result<never> {
  config.report?.(requestId ? { why, requestId } : { why });
  return fail('auth.smsUnavailable');
}
