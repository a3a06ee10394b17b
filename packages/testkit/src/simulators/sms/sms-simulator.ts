import { randomBytes, randomUUID } from 'node:crypto';
import fastify, { type FastifyRequest } from 'fastify';
import { z } from 'zod';
import { jsonBody, keepRawBodies, type Listen, LOOPBACK, listen, rawBody } from '../listening.ts';
import { escapeHtml, phonePage, row } from '../phone-page.ts';
import { filledIn, LOGIN_TEMPLATE, SMS_TEMPLATES, variablesOf } from './sms-templates.ts';
import { verifyTc3 } from './tc3-verification.ts';

export type SmsMessage = {
  readonly phone: string;
  readonly templateId: string;
  readonly params: readonly string[];
  /** As the phone shows it. */
  readonly text: string;
  readonly sentAt: Date;
};

export type SmsCredentials = {
  readonly secretId: string;
  readonly secretKey: string;
  readonly sdkAppId: string;
  readonly signName: string;
  readonly templateId: string;
};

export type SmsSimulator = {
  readonly url: string;
  readonly credentials: SmsCredentials;
  /** Newest last. */
  readonly messages: readonly SmsMessage[];
  /** Code of the newest login message to the number. */
  lastCodeFor(phone: string): string | undefined;
  /** Numbers that refuse messages. */
  readonly refused: Set<string>;
  close(): Promise<void>;
};

const KEPT = 200;
const PAUSE_MS = 30_000;

const sendRequest = z.object({
  PhoneNumberSet: z.array(z.string()).length(1),
  SmsSdkAppId: z.string(),
  SignName: z.string(),
  TemplateId: z.string(),
  TemplateParamSet: z.array(z.string().max(12)),
});

/** Tencent Cloud SMS. Nothing is sent: messages show on a 演示 page. */
export async function startSmsSimulator(
  options: { readonly at?: Listen; readonly now?: () => Date } = {},
): Promise<SmsSimulator> {
  const now = options.now ?? (() => new Date());
  const credentials: SmsCredentials = {
    secretId: `AKID${randomBytes(16).toString('hex')}`,
    secretKey: randomBytes(16).toString('hex'),
    sdkAppId: '1400000000',
    signName: '毕业证照演示',
    templateId: LOGIN_TEMPLATE.templateId,
  };
  const messages: SmsMessage[] = [];
  const refused = new Set<string>();

  const accept = (request: FastifyRequest): string => {
    const post = { headers: request.headers, body: rawBody(request.body) };
    const verdict = verifyTc3(credentials, post, now());
    if (verdict !== 'ok') return verdict;
    const wanted = sendRequest.safeParse(jsonBody(request.body)).data;
    if (!wanted || request.headers['x-tc-action'] !== 'SendSms') return 'InvalidParameter';
    return deliver(wanted);
  };
  const deliver = (wanted: z.infer<typeof sendRequest>): string => {
    const phone = /^\+86(1[3-9]\d{9})$/.exec(wanted.PhoneNumberSet[0] ?? '')?.[1];
    if (!phone) return 'InvalidParameterValue.IncorrectPhoneNumber';
    if (refused.has(phone)) return 'FailedOperation.PhoneNumberInBlacklist';
    if (wanted.SmsSdkAppId !== credentials.sdkAppId)
      return 'UnauthorizedOperation.SmsSdkAppIdVerifyFail';
    if (wanted.SignName !== credentials.signName)
      return 'FailedOperation.SignatureIncorrectOrUnapproved';
    const template = SMS_TEMPLATES.find(({ templateId }) => templateId === wanted.TemplateId);
    if (!template) return 'FailedOperation.TemplateIncorrectOrUnapproved';
    const params = wanted.TemplateParamSet;
    if (params.length !== variablesOf(template))
      return 'InvalidParameterValue.TemplateParameterFormatError';
    const last = messages.findLast((message) => message.phone === phone);
    if (last && now().getTime() - last.sentAt.getTime() < PAUSE_MS) {
      return 'LimitExceeded.PhoneNumberThirtySecondLimit';
    }
    const text = `【${credentials.signName}】${filledIn(template, params)}`;
    messages.push({ phone, templateId: template.templateId, params, text, sentAt: now() });
    messages.splice(0, Math.max(0, messages.length - KEPT));
    return 'Ok';
  };

  const app = fastify({ forceCloseConnections: true });
  keepRawBodies(app);
  app.post('/', (request) => ({ Response: answerOf(accept(request)) }));
  app.get('/', (_request, reply) => reply.type('text/html').send(messagePage(messages)));
  app.get('/sim/messages', () => ({ messages }));
  const url = await listen(app, options.at ?? LOOPBACK);
  return {
    url,
    credentials,
    messages,
    lastCodeFor: (phone) =>
      messages.findLast(
        (message) => message.phone === phone && message.templateId === LOGIN_TEMPLATE.templateId,
      )?.params[0],
    refused,
    close: () => app.close(),
  };
}

/** Tencent answers 200 in every case; faults of one number stand in its status. */
function answerOf(code: string): object {
  const RequestId = randomUUID();
  if (code.startsWith('AuthFailure') || code === 'InvalidParameter') {
    return { Error: { Code: code, Message: code }, RequestId };
  }
  const SerialNo = code === 'Ok' ? `2650:${randomUUID()}` : '';
  return { SendStatusSet: [{ SerialNo, Fee: code === 'Ok' ? 1 : 0, Code: code }], RequestId };
}

function messagePage(messages: readonly SmsMessage[]): string {
  const cards = [...messages].reverse().map(card);
  return phonePage({
    title: '短信收件箱（演示）',
    accent: '#3b5bdb',
    note: '本页模拟手机短信，没有任何短信真正发出。',
    body:
      cards.join('') ||
      '<section class="muted">还没有短信，获取验证码后会自动出现在这里。</section>',
    refreshS: 3,
  });
}

function card({ phone, templateId, params, text, sentAt }: SmsMessage): string {
  const code = templateId === LOGIN_TEMPLATE.templateId ? (params[0] ?? '') : undefined;
  return `<section>${code ? `<div class="amount">${escapeHtml(code)}</div>` : ''}
<p>${escapeHtml(text)}</p>
${row('手机号', phone)}${row('时间', sentAt.toLocaleTimeString('zh-CN'))}</section>`;
}
