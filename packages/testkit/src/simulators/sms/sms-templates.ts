/** Approved templates of the SMS account: what the carrier puts around the variables. */
export type SmsTemplate = {
  readonly templateId: string;
  /** `{1}`, `{2}` … stand for the variables in order. */
  readonly text: string;
};

export const LOGIN_TEMPLATE: SmsTemplate = {
  templateId: '100001',
  text: '您的登录验证码为 {1}，{2} 分钟内有效。如非本人操作，请忽略本短信。',
};

const NOTICE_TEXT = '您的毕业证照采集订单（尾号 {1}）状态更新为：{2}。详情请登录采集页面查看。';

const NOTICE_TEMPLATE_IDS = { progress: '100002', review: '100003', refund: '100004' } as const;

export const SMS_TEMPLATES: readonly SmsTemplate[] = [
  LOGIN_TEMPLATE,
  ...Object.values(NOTICE_TEMPLATE_IDS).map((templateId) => ({ templateId, text: NOTICE_TEXT })),
];

/** The notices' templates as the server's settings name them: the facts stand for `{1}`, `{2}`. */
export const SMS_NOTICE_TEMPLATES = {
  progress: { templateId: NOTICE_TEMPLATE_IDS.progress, params: ['orderTail', 'state'] },
  review: { templateId: NOTICE_TEMPLATE_IDS.review, params: ['orderTail', 'state'] },
  refund: { templateId: NOTICE_TEMPLATE_IDS.refund, params: ['orderTail', 'state'] },
} as const;

/** How many variables a template has. */
export function variablesOf({ text }: SmsTemplate): number {
  return new Set(text.match(/\{\d+\}/g)).size;
}

export function filledIn({ text }: SmsTemplate, params: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (_, index) => params[Number(index) - 1] ?? '');
}
