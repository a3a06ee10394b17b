import type {
  GraduateMessages,
  MessageFact,
  MessageOutcome,
  NoticeKind,
} from '../../ports/messages/graduate-messages.ts';
import {
  sendTencentSms,
  type TencentAnswer,
  type TencentSmsAccount,
  UNREACHABLE_NUMBERS,
} from './tencent-sms.ts';

/** An approved template, and which fact stands for {1}, {2} … */
export type SmsTemplate = {
  readonly templateId: string;
  readonly params: readonly MessageFact[];
};

export type TencentSmsMessagesConfig = TencentSmsAccount & {
  readonly templates: Readonly<Partial<Record<NoticeKind, SmsTemplate | undefined>>>;
};

/** Contents that are refused at every try, and staff have to repair. */
const CONTENT_REFUSALS =
  /^FailedOperation\.(Template|ContainSensitiveWord|Signature|FailResolvePacket)|^InvalidParameterValue\.(Template|ContentLengthLimit|ProhibitedUseUrlInTemplateParameter)/;

/** Notices by Tencent Cloud SMS. */
export function createTencentSmsMessages(config: TencentSmsMessagesConfig): GraduateMessages {
  return {
    async send({ to, kind, facts }) {
      const template = config.templates[kind];
      if (!template) return { kind: 'refused', why: 'noTemplate' };
      const { templateId } = template;
      const params = template.params.map((fact) => facts[fact]);
      return read(config, await sendTencentSms(config, { phone: to, templateId, params }));
    },
  };
}

function read(config: TencentSmsMessagesConfig, answer: TencentAnswer): MessageOutcome {
  const { code: why, requestId } = answer;
  if (why === 'Ok') return { kind: 'sent' };
  if (UNREACHABLE_NUMBERS.has(why)) return { kind: 'refused', why };
  // A limit passes by itself; nobody has to repair anything.
  if (!why.startsWith('LimitExceeded.')) config.report?.(requestId ? { why, requestId } : { why });
  return { kind: CONTENT_REFUSALS.test(why) ? 'refused' : 'unavailable', why };
}
