import { z } from 'zod';
import { exchange, parseJson } from '../http/bounded-exchange.ts';
import { tc3Headers } from './tc3-signature.ts';

export type TencentSmsAccount = {
  readonly secretId: string;
  readonly secretKey: string;
  /** Application of the SMS console, e.g. `1400006666`. */
  readonly sdkAppId: string;
  /** Approved signature (短信签名), without brackets. */
  readonly signName: string;
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

export type TextMessage = {
  /** Mainland mobile number, 11 digits. */
  readonly phone: string;
  /** Approved template and its variables in order. */
  readonly templateId: string;
  readonly params: readonly string[];
};

/** `code`: `Ok`, Tencent's error code, or `unreachable`, `timeout`, `tooLarge`, `malformed`. */
export type TencentAnswer = { readonly code: string; readonly requestId?: string };

const SMS_URL = 'https://sms.tencentcloudapi.com';

const answer = z.object({
  Response: z.object({
    RequestId: z.string().optional(),
    Error: z.object({ Code: z.string() }).optional(),
    SendStatusSet: z.array(z.object({ Code: z.string() })).optional(),
  }),
});

/** Numbers that no message will ever reach. */
export const UNREACHABLE_NUMBERS: ReadonlySet<string> = new Set([
  'InvalidParameterValue.IncorrectPhoneNumber',
  'FailedOperation.PhoneNumberInBlacklist',
  'UnsupportedOperation.UnsupportedRegion',
]);

/** `SendSms` of Tencent Cloud, version 2021-01-11, to one number. Never repeated by itself. */
export async function sendTencentSms(
  account: TencentSmsAccount,
  message: TextMessage,
): Promise<TencentAnswer> {
  const url = new URL('/', account.baseUrl ?? SMS_URL);
  const body = JSON.stringify({
    PhoneNumberSet: [`+86${message.phone}`],
    SmsSdkAppId: account.sdkAppId,
    SignName: account.signName,
    TemplateId: message.templateId,
    TemplateParamSet: message.params,
  });
  const headers = tc3Headers({
    secretId: account.secretId,
    secretKey: account.secretKey,
    service: 'sms',
    host: url.host,
    action: 'SendSms',
    version: '2021-01-11',
    region: account.region ?? 'ap-guangzhou',
    body,
    now: account.now?.() ?? new Date(),
  });
  const timeoutMs = account.timeoutMs ?? 6000;
  const outcome = await exchange({
    method: 'POST',
    url,
    headers,
    body,
    timeoutMs,
    maxBytes: 64 * 1024,
  });
  return outcome.ok ? readAnswer(parseJson(outcome.exchange.body)) : { code: outcome.why };
}

function readAnswer(json: unknown): TencentAnswer {
  const response = answer.safeParse(json).data?.Response;
  const code = response?.Error?.Code ?? response?.SendStatusSet?.[0]?.Code ?? 'malformed';
  return response?.RequestId ? { code, requestId: response.RequestId } : { code };
}
