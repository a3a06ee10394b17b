import type { Wording } from './wording.ts';

/** A station, and those who look after it. */

export const staff: Wording = { zh: '工作人员', en: 'Staff' };
export const station: Wording = { zh: '采集点', en: 'Station' };
export const stations: Wording = { zh: '采集点', en: 'Stations' };
export const enrolmentCode: Wording = { zh: '登记码', en: 'Enrolment code' };
export const createEnrolmentCode: Wording = { zh: '生成登记码', en: 'Create a code' };
export const offlineCollection: Wording = { zh: '离线采集', en: 'Offline collection' };
export const toSend: Wording = { zh: '待发送', en: 'To send' };
export const needsAttention: Wording = { zh: '需处理', en: 'Needs a look' };
