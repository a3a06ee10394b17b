import { type GatewaySimulator, startGatewaySimulator } from './chsi-gateway/gateway-simulator.ts';
import { type SmsSimulator, startSmsSimulator } from './sms/sms-simulator.ts';
import { SMS_NOTICE_TEMPLATES } from './sms/sms-templates.ts';
import { WECHAT_NOTICE_TEMPLATES } from './wechat-login/subscription-messages.ts';
import {
  startWechatLoginSimulator,
  type WechatLoginSimulator,
} from './wechat-login/wechat-login-simulator.ts';
import {
  startWechatPaySimulator,
  type WechatPaySimulator,
} from './wechat-pay/wechat-pay-simulator.ts';

export type SimulatorsOptions = {
  /** Where to listen. Default loopback; `0.0.0.0` lets a phone in the same network open the pages. */
  readonly host?: string;
  /** Name or address that phones reach this machine by, when `host` is a wildcard. */
  readonly publicHost?: string;
  /** Port 0, the default, takes any free one. */
  readonly ports?: {
    readonly gateway?: number;
    readonly wechatPay?: number;
    readonly wechatLogin?: number;
    readonly sms?: number;
  };
  readonly seed?: string;
  readonly now?: () => Date;
};

export type Simulators = {
  readonly gateway: GatewaySimulator;
  readonly wechatPay: WechatPaySimulator;
  readonly wechatLogin: WechatLoginSimulator;
  readonly sms: SmsSimulator;
  /** For the server's setting `messages`: templates that the simulators know. */
  readonly messageTemplates: typeof MESSAGE_TEMPLATES;
  close(): Promise<void>;
};

const MESSAGE_TEMPLATES = { wechat: WECHAT_NOTICE_TEMPLATES, sms: SMS_NOTICE_TEMPLATES } as const;

/** Everything outside that sample mode needs: the 学信网 gateway, WeChat (payment, login, messages), SMS. */
export async function startSimulators(options: SimulatorsOptions = {}): Promise<Simulators> {
  const { host = '127.0.0.1', ports = {}, publicHost, seed, now } = options;
  const at = (port = 0) => ({ host, port, ...(publicHost ? { publicHost } : {}) });
  const clock = now ? { now } : {};
  const gateway = await startGatewaySimulator({
    at: at(ports.gateway),
    ...clock,
    ...(seed ? { seed } : {}),
  });
  const wechatPay = await startWechatPaySimulator({ at: at(ports.wechatPay), ...clock });
  const { appId } = wechatPay.credentials;
  const wechatLogin = await startWechatLoginSimulator({
    at: at(ports.wechatLogin),
    ...clock,
    appId,
  });
  const sms = await startSmsSimulator({ at: at(ports.sms), ...clock });
  const all = [gateway, wechatPay, wechatLogin, sms];
  return {
    gateway,
    wechatPay,
    wechatLogin,
    sms,
    messageTemplates: MESSAGE_TEMPLATES,
    async close() {
      await Promise.all(all.map((simulator) => simulator.close()));
    },
  };
}
