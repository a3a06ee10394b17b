import { createClient, type RouteOutput } from '@gradshot/contract';
import type { Result } from '@gradshot/domain';
import type { World } from './world.ts';

/** A graduate's own account, used over HTTP as the companion client would. */
export type PhoneAccount = {
  /** Reads the code in a picture, as 相册识别 does. */
  readCode(picture: Uint8Array): Promise<string>;
  /** The student behind a 采集码, or behind the code of another client's screen. */
  open(payload: string, lastFour: string): Promise<Result<RouteOutput<'verifyLastFour'>>>;
};

export async function openPhoneAccount(world: World, phone: string): Promise<PhoneAccount> {
  const client = createClient({ baseUrl: world.serverUrl(), fetch });
  await client.call('requestSmsCode', { body: { phone } });
  const code = world.simulators.sms.lastCodeFor(phone) ?? '';
  const session = await client.call('loginSms', { body: { phone, code } });
  if (!session.ok) throw new Error(session.error.code);
  const as = { authorization: `Bearer ${session.value.accountToken}` };
  return {
    async readCode(bytes) {
      const read = await client.sendBytes('readCodePicture', { bytes }, as);
      if (!read.ok) throw new Error(read.error.code);
      const [code] = read.value.codes;
      if (!code || !('payload' in code)) throw new Error('the first code is no text');
      return code.payload;
    },
    async open(payload, lastFour) {
      const resolved = await client.call('resolveCode', { body: { payload } }, as);
      if (!resolved.ok) return resolved;
      const { ticket } = resolved.value;
      return client.call('verifyLastFour', { body: { ticket, lastFour } }, as);
    },
  };
}
