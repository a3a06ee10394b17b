import type { ClientSettings } from '@gradshot/contract';
import { fail, ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { AccountLogin } from '../services/accounts/account-login.ts';
import type { SmsCodes } from '../services/accounts/sms-codes.ts';
import type { CodePictures } from '../services/eligibility/code-pictures.ts';
import type { Handovers } from '../services/eligibility/handovers.ts';

type Ids =
  | 'loginWechat'
  | 'requestSmsCode'
  | 'loginSms'
  | 'getAccount'
  | 'logout'
  | 'getClientSettings'
  | 'readCodePicture'
  | 'createHandover';

export function companionRoutes(services: {
  clientSettings(): Promise<ClientSettings>;
  readonly accounts: AccountLogin;
  readonly smsCodes: SmsCodes;
  readonly handovers: Handovers;
  readonly codePictures: CodePictures;
}): HandlersOf<Ids> {
  const { accounts, smsCodes, handovers, codePictures } = services;
  return {
    loginWechat: ({ body }) => accounts.wechat(body.code),
    requestSmsCode: ({ body }) => smsCodes.request(body.phone),
    loginSms: ({ body }) => accounts.sms(body),
    getAccount: async ({ caller }) => ok(await accounts.me(caller)),
    logout: async ({ caller }) => ok(await accounts.logout(caller)),
    getClientSettings: async () => ok(await services.clientSettings()),
    readCodePicture: async ({ request }) =>
      Buffer.isBuffer(request.body)
        ? codePictures.read(request.body)
        : fail('request.invalid', { field: 'body' }),
    createHandover: async ({ order }) => ok(await handovers.create(order)),
  };
}
