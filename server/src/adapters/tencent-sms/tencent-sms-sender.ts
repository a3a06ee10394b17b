import { fail, glossary, ok, type Result } from '@gradshot/domain';
import type { LoginCodeMessage, SmsSender } from '../../ports/accounts/sms-sender.ts';
import { sendTencentSms, type TencentSmsAccount, UNREACHABLE_NUMBERS } from './tencent-sms.ts';

export type TencentSmsConfig = TencentSmsAccount & {
  /** Approved template with two variables: {1} the code, {2} minutes of validity. */
  readonly templateId: string;
};

/** How long a number has to wait after each of Tencent's limits, seconds. */
const WAITS: Readonly<Record<string, number>> = {
  'LimitExceeded.PhoneNumberThirtySecondLimit': 30,
  'LimitExceeded.PhoneNumberOneHourLimit': 3600,
  'LimitExceeded.PhoneNumberDailyLimit': 86_400,
  'LimitExceeded.PhoneNumberSameContentDailyLimit': 86_400,
  'LimitExceeded.DeliveryFrequencyLimit': 60,
};

/** Login codes by Tencent Cloud SMS. */
export function createTencentSmsSender(config: TencentSmsConfig): SmsSender {
  return { sendLoginCode: (message) => send(config, message) };
}

async function send(
  config: TencentSmsConfig,
  { phone, code, validMinutes }: LoginCodeMessage,
): Promise<Result<void>> {
  const { templateId } = config;
  const params = [code, String(validMinutes)];
  const answer = await sendTencentSms(config, { phone, templateId, params });
  if (answer.code === 'Ok') return ok(undefined);
  const seconds = WAITS[answer.code];
  if (seconds !== undefined) return fail('request.tooMany', { seconds });
  if (UNREACHABLE_NUMBERS.has(answer.code))
    return fail('request.invalid', { field: glossary.mobileNumber.zh });
  const { code: why, requestId } = answer;
  config.report?.(requestId ? { why, requestId } : { why });
  return fail('auth.smsUnavailable');
}
