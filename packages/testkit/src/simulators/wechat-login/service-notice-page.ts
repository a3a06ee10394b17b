import { escapeHtml, phonePage, row } from '../phone-page.ts';
import { SUBSCRIPTION_TEMPLATES, type SubscriptionMessage } from './subscription-messages.ts';

/** 服务通知, as WeChat shows subscription messages; newest first. */
export function serviceNoticePage(messages: readonly SubscriptionMessage[]): string {
  return phonePage({
    title: '微信服务通知（演示）',
    accent: '#07a35a',
    note: '本页模拟微信的订阅消息，没有任何消息真正发出。',
    body:
      [...messages].reverse().map(card).join('') ||
      '<section class="muted">还没有消息。小程序用户同意订阅后，订单有变化时会自动出现在这里。</section>',
    refreshS: 3,
  });
}

function card({ templateId, data, page, sentAt }: SubscriptionMessage): string {
  const template = SUBSCRIPTION_TEMPLATES.find((one) => one.templateId === templateId);
  const rows = Object.entries(template?.fields ?? {}).map(([key, label]) =>
    row(label, data[key] ?? ''),
  );
  return `<section><div class="name">${escapeHtml(template?.title ?? templateId)}</div>
${rows.join('')}${row('进入小程序查看', page)}${row('时间', sentAt.toLocaleTimeString('zh-CN'))}</section>`;
}
