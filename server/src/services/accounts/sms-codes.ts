import { randomInt } from 'node:crypto';
import type { RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { AccountRows, SmsCode } from '../../ports/accounts/account-repository.ts';
import type { SmsSender } from '../../ports/accounts/sms-sender.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import { sameText } from '../../security/tokens.ts';

type Checking = Stored<AccountRows> & { readonly clock: Clock; readonly vault: Vault };
type Needs = Checking & { readonly sms: SmsSender };

const CODE_DIGITS = 6;
const VALID_MINUTES = 5;
const RESEND_SECONDS = 60;
/** Messages cost money and annoy: nobody needs more in a day. */
const MAX_PER_DAY = 10;
const MAX_WRONG_TRIES = 5;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export type SmsCodes = {
  /** Sends a login code. Failures: `request.tooMany` with `seconds`, `auth.smsUnavailable`. */
  request(phone: string): Promise<Result<RouteOutput<'requestSmsCode'>>>;
};

export function createSmsCodes(environment: Needs): SmsCodes {
  return { request: (phone) => request(environment, phone) };
}

const hashOf = ({ vault }: Checking, phone: string) => vault.pseudonym(phone, 'phone');
const codeHashOf = ({ vault }: Checking, phone: string, code: string) =>
  vault.pseudonym(`${phone}:${code}`, 'smsCode');

async function request(
  environment: Needs,
  phone: string,
): Promise<Result<RouteOutput<'requestSmsCode'>>> {
  const code = randomInt(10 ** CODE_DIGITS)
    .toString()
    .padStart(CODE_DIGITS, '0');
  const kept = await keep(environment, phone, code);
  if (!kept.ok) return kept;
  const sent = await environment.sms.sendLoginCode({ phone, code, validMinutes: VALID_MINUTES });
  if (!sent.ok) return sent;
  return ok({
    expiresAt: kept.value.expiresAt.toISOString(),
    resendAfterSeconds: RESEND_SECONDS,
  });
}

/** Before it is sent, so that two requests at once make one message. */
function keep(environment: Needs, phone: string, code: string): Promise<Result<SmsCode>> {
  const now = environment.clock();
  const phoneHash = hashOf(environment, phone);
  return environment.storage.transaction(async ({ accounts }) => {
    const last = await accounts.lockSmsCode(phoneHash);
    const wait = last ? secondsToWait(last, now) : 0;
    if (wait > 0) return fail('request.tooMany', { seconds: wait });
    const sameDay = last && now.getTime() - last.dayBegan.getTime() < DAY_MS;
    const next: SmsCode = {
      phoneHash,
      codeHash: codeHashOf(environment, phone, code),
      sentAt: now,
      expiresAt: new Date(now.getTime() + VALID_MINUTES * MINUTE_MS),
      wrongCount: 0,
      dayCount: sameDay ? last.dayCount + 1 : 1,
      dayBegan: sameDay ? last.dayBegan : now,
    };
    await accounts.saveSmsCode(next);
    return ok(next);
  });
}

function secondsToWait(last: SmsCode, now: Date): number {
  const resend = last.sentAt.getTime() + RESEND_SECONDS * 1000 - now.getTime();
  const day = last.dayBegan.getTime() + DAY_MS - now.getTime();
  const wait = last.dayCount >= MAX_PER_DAY ? Math.max(resend, day) : resend;
  return Math.ceil(Math.max(0, wait) / 1000);
}

/** A code serves once. Failures: `auth.smsCodeWrong` with `remaining`, `auth.smsCodeExpired`. */
export function checkSmsCode(
  environment: Checking,
  phone: string,
  code: string,
): Promise<Result<void>> {
  const now = environment.clock();
  return environment.storage.transaction(async ({ accounts }) => {
    const kept = await accounts.lockSmsCode(hashOf(environment, phone));
    if (!kept || kept.expiresAt <= now || kept.wrongCount >= MAX_WRONG_TRIES)
      return fail('auth.smsCodeExpired');
    const right = sameText(kept.codeHash, codeHashOf(environment, phone, code));
    const wrongCount = kept.wrongCount + (right ? 0 : 1);
    // A used code is kept as ended: the day's count of messages goes on.
    await accounts.saveSmsCode({ ...kept, wrongCount, ...(right ? { expiresAt: now } : {}) });
    if (right) return ok(undefined);
    const remaining = MAX_WRONG_TRIES - wrongCount;
    return remaining > 0 ? fail('auth.smsCodeWrong', { remaining }) : fail('auth.smsCodeExpired');
  });
}
