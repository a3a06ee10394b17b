import { escapeHtml, phonePage, row } from '../phone-page.ts';
import type { Order } from './ledger.ts';

const LOOK = {
  accent: '#07a35a',
  note: '本页模拟微信支付，不会产生真实扣款。',
} as const;

const STATE_NAMES: Readonly<Record<Order['state'], string>> = {
  NOTPAY: '等待支付',
  SUCCESS: '已支付',
  CLOSED: '已关闭',
  REFUND: '已退款',
};

const yuan = (fen: number): string => `¥ ${(fen / 100).toFixed(2)}`;

/** Newest first; loads itself again, so that a phone can wait for the next order. */
export function orderListPage(orders: readonly Order[]): string {
  const cards = [...orders].reverse().map(
    (order) => `<a class="card" href="/pay/${encodeURIComponent(order.handle)}">
<div class="name">${yuan(order.totalFen)} · ${STATE_NAMES[order.state]}</div>
<div class="muted">${escapeHtml(order.description)}</div>
<div class="muted">${escapeHtml(order.outTradeNo)}</div></a>`,
  );
  const empty = '<section class="muted">还没有待付款的订单，发起支付后会自动出现在这里。</section>';
  return phonePage({
    ...LOOK,
    title: '微信支付（演示）',
    body: cards.join('') || empty,
    refreshS: 3,
  });
}

/** What the payer sees after scanning. `problem`: why the last press did not pay. */
export function payPage(order: Order, problem?: string): string {
  const payable = order.state === 'NOTPAY';
  const form = `<form method="post" action="/pay/${encodeURIComponent(order.handle)}">
<button type="submit">支付</button></form>`;
  const body = `<section>
<div class="state">${problem ? escapeHtml(problem) : STATE_NAMES[order.state]}</div>
<div class="amount">${yuan(order.totalFen)}</div>
${row('商品', order.description)}${row('商户单号', order.outTradeNo)}
${order.transactionId ? row('交易单号', order.transactionId) : ''}
${payable ? form : ''}
<a class="button plain" href="/">返回订单列表</a></section>`;
  return phonePage({ ...LOOK, title: '微信支付（演示）', body });
}

/** Whoever opens the page without coming from a merchant's page, in the real service's words. */
export function refererMissingPage(): string {
  const body = '<section><div class="state">商家参数格式有误，请联系商家解决</div></section>';
  return phonePage({ ...LOOK, title: '微信支付（演示）', body });
}

/** The page that a phone's browser is sent to. `back`: where the client wants the payer returned. */
export function h5PayPage(order: Order, back: string | undefined, problem?: string): string {
  const query = new URLSearchParams(back ? { redirect_url: back } : {});
  const action = `/h5/${encodeURIComponent(order.handle)}?${query}`;
  const button = `<form method="post" action="${escapeHtml(action)}">
<button type="submit">支付</button></form>`;
  const body = `<section>
<div class="state">${problem ? escapeHtml(problem) : STATE_NAMES[order.state]}</div>
<div class="amount">${yuan(order.totalFen)}</div>
${row('商品', order.description)}${row('商户单号', order.outTradeNo)}
${order.state === 'NOTPAY' ? button : ''}
${back ? `<a class="button plain" href="${escapeHtml(back)}">返回商户</a>` : ''}</section>`;
  return phonePage({ ...LOOK, title: '微信支付（演示）', body });
}
