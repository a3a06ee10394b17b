import { z } from 'zod';

/** One-time subscription messages (订阅消息): templates, who agreed to how many, what was sent. */

export type SubscriptionTemplate = {
  readonly templateId: string;
  readonly title: string;
  /** Field keys and their labels, in the order of the card. */
  readonly fields: Readonly<Record<string, string>>;
};

export type SubscriptionMessage = {
  readonly openid: string;
  readonly templateId: string;
  readonly page: string;
  /** Field values by key. */
  readonly data: Readonly<Record<string, string>>;
  readonly sentAt: Date;
};

const FIELDS = {
  character_string1: '订单编号',
  phrase2: '订单状态',
  thing3: '温馨提示',
  time4: '更新时间',
} as const;

const template = (templateId: string, title: string): SubscriptionTemplate => ({
  templateId,
  title,
  fields: FIELDS,
});

export const SUBSCRIPTION_TEMPLATES: readonly SubscriptionTemplate[] = [
  template('progress-VhQ2mC8nZ0yB6sTdE4rK7uXwL1pJ5oA9', '采集进度通知'),
  template('review-Gf3kPz7WqN1vR9xYc5tB2mHsJ8dL4uE6', '照片审核结果通知'),
  template('refund-Ta8jXe2LbU6wM0zQr4nC9yKfV3hD7pS1', '退款结果通知'),
];

const NOTICE_FIELDS = {
  orderNo: 'character_string1',
  state: 'phrase2',
  advice: 'thing3',
  time: 'time4',
} as const;

const noticeTemplate = (index: number) => ({
  templateId: SUBSCRIPTION_TEMPLATES[index]?.templateId ?? '',
  fields: NOTICE_FIELDS,
});

/** The same templates as the server's settings name them: which fact goes into which field. */
export const WECHAT_NOTICE_TEMPLATES = {
  progress: noticeTemplate(0),
  review: noticeTemplate(1),
  refund: noticeTemplate(2),
} as const;

const sendRequest = z.object({
  touser: z.string(),
  template_id: z.string(),
  page: z.string().optional(),
  data: z.record(z.string(), z.object({ value: z.string() })),
  miniprogram_state: z.enum(['developer', 'trial', 'formal']).optional(),
  lang: z.enum(['zh_CN', 'en_US', 'zh_HK', 'zh_TW']).optional(),
});

/** Limits of a field's kind, by the manual's table; kinds that no template here uses are left out. */
const FORMS: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  phrase: /^\p{Script=Han}{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: /^(\d{4}年\d{1,2}月\d{1,2}日 )?\d{2}:\d{2}$/,
};

export type SubscriptionDesk = {
  readonly messages: readonly SubscriptionMessage[];
  /** The user pressed 允许 once more for that template. */
  subscribe(openid: string, templateId: string): void;
  /** Answers as `subscribeMessage.send` does. */
  send(body: unknown): { readonly errcode: number; readonly errmsg: string };
};

const KEPT = 200;

export function createSubscriptionDesk(
  isUser: (openid: string) => boolean,
  now: () => Date,
): SubscriptionDesk {
  const messages: SubscriptionMessage[] = [];
  const agreed = new Map<string, number>();
  const keyOf = (openid: string, templateId: string) => `${openid} ${templateId}`;
  return {
    messages,
    subscribe(openid, templateId) {
      const key = keyOf(openid, templateId);
      agreed.set(key, (agreed.get(key) ?? 0) + 1);
    },
    send(body) {
      const wanted = sendRequest.safeParse(body).data;
      if (!wanted) return { errcode: 47001, errmsg: 'data format error' };
      const { touser, template_id: templateId, page = '' } = wanted;
      if (!isUser(touser)) return { errcode: 40003, errmsg: 'invalid openid' };
      const known = SUBSCRIPTION_TEMPLATES.find((one) => one.templateId === templateId);
      if (!known) return { errcode: 40037, errmsg: 'invalid template_id' };
      const wrong = wrongField(known, wanted.data);
      if (wrong) return { errcode: 47003, errmsg: `argument invalid! data.${wrong}.value invalid` };
      const key = keyOf(touser, templateId);
      const left = agreed.get(key) ?? 0;
      if (left === 0) return { errcode: 43101, errmsg: 'user refuse to accept the msg' };
      agreed.set(key, left - 1);
      const data = Object.fromEntries(
        Object.entries(wanted.data).map(([k, { value }]) => [k, value]),
      );
      messages.push({ openid: touser, templateId, page, data, sentAt: now() });
      messages.splice(0, Math.max(0, messages.length - KEPT));
      return { errcode: 0, errmsg: 'ok' };
    },
  };
}

/** The first field that the template wants and that is missing or of the wrong form. */
function wrongField(
  { fields }: SubscriptionTemplate,
  data: Readonly<Record<string, { readonly value: string }>>,
): string | undefined {
  return Object.keys(fields).find((key) => {
    const form = FORMS[key.replace(/\d+$/, '')];
    return !form?.test(data[key]?.value ?? '');
  });
}
