import type { Wording } from './wording.ts';

export const customerService: Wording = { zh: '客服', en: 'Help' };
/** The person who answers. */
export const agent: Wording = { zh: '客服', en: 'Agent' };
export const onlineService: Wording = { zh: '在线客服', en: 'Chat' };
export const callUs: Wording = { zh: '电话咨询', en: 'Call us' };
export const servicePhone: Wording = { zh: '客服电话', en: 'Phone' };
export const serviceHours: Wording = { zh: '服务时间', en: 'Hours' };
export const commonQuestions: Wording = { zh: '常见问题', en: 'Common questions' };
export const noQuestions: Wording = { zh: '暂无常见问题', en: 'No questions yet' };
