import type { Phrase, Wording } from './wording.ts';

/** 身份核验 and 审核: what the graduate is told while waiting, and afterwards. */

export const identityCheck: Wording = { zh: '身份核验', en: 'Identity check' };
export const waitForReview: Wording = { zh: '等待审核', en: 'Review' };
export const reviewTakes: Wording = {
  zh: '审核约两个工作日',
  en: 'Review takes about two working days',
};
export const reviewDoneBy: Phrase<[date: string]> = {
  zh: (date) => `预计 ${date}前完成审核`,
  en: (date) => `Review expected by ${date}`,
};
export const changeInReview: Wording = {
  zh: '审核期间发现信息有误或想更换照片，请立即联系客服。',
  en: 'Wrong data or another photo while under review? Contact customer service at once.',
};
export const lockedOnceApproved: Wording = {
  zh: '审核通过后，不支持修改信息或更换照片。',
  en: 'Once approved, neither data nor photo can be changed.',
};
/** What staff at the station saw of the operator's list. */
export const onSite: Wording = { zh: '现场核对', en: 'Checked on site' };
export const onSiteKept: Wording = { zh: '符合', en: 'Fine' };
export const onSiteNotKept: Wording = { zh: '不符合', en: 'Not fine' };
export const onSiteNotLooked: Wording = { zh: '未看', en: 'Unseen' };
/** A few words of staff for the reviewer. */
export const onSiteNote: Wording = { zh: '现场备注', en: 'Note from the site' };
/** Staff took a photo that the machine refused. */
export const releasedByStaff: Wording = { zh: '工作人员放行', en: 'Released by staff' };
export const whyRejected: Wording = { zh: '未通过的原因', en: 'Why it was rejected' };
