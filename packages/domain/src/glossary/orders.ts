import type { Wording } from './wording.ts';

/** An order: its facts, and what may be done with it. Its states stand in the life cycle. */

export const orderNo: Wording = { zh: '订单号', en: 'Order no.' };
export const state: Wording = { zh: '状态', en: 'State' };
export const notStarted: Wording = { zh: '未开始', en: 'Not started' };
export const collectionInfo: Wording = { zh: '采集信息', en: 'Collection' };
export const updated: Wording = { zh: '更新时间', en: 'Updated' };
export const history: Wording = { zh: '办理记录', en: 'History' };
export const seeProgress: Wording = { zh: '查看进度', en: 'See progress' };
export const cancelOrder: Wording = { zh: '取消订单', en: 'Cancel order' };
