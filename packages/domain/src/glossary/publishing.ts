import type { Wording } from './wording.ts';

/** Batches of approved photos for 学信网, as console and manifest name them. */

export const idCardNumber: Wording = { zh: '身份证号', en: 'ID number' };
export const examineeNumber: Wording = { zh: '考生号', en: 'Examinee number' };
export const exportArchive: Wording = { zh: '压缩包', en: 'Archives' };
export const exportFileName: Wording = { zh: '文件名', en: 'File' };
export const exportAsked: Wording = { zh: '待批准', en: 'Waits for approval' };
export const exportDeclined: Wording = { zh: '已驳回', en: 'Declined' };
export const exportMaking: Wording = { zh: '制作中', en: 'Being made' };
export const exportCancelling: Wording = { zh: '撤销中', en: 'Being cancelled' };
export const exportCancelled: Wording = { zh: '已撤销', en: 'Cancelled' };
