import type { RouteOutput } from '@gradshot/contract';

type ServiceContent = RouteOutput<'getService'>;

/** 服务内容: what the one fee covers. */
export const SERVICE_ITEMS: ServiceContent['items'] = [
  { zh: '毕业证照图像采集（含重拍，不另收费）', en: 'The photo session, retakes free of charge' },
  { zh: '照片标准化处理', en: 'Making the standard photo' },
  { zh: '人工审核，约两个工作日', en: 'Review by a person, about two working days' },
  { zh: '上传至学信网', en: 'Delivery to CHSI' },
  { zh: '电子照片下载：标准照与排版照', en: 'Download of the standard photo and a print sheet' },
];

/**
 * Consent texts. A text is never changed in place: the version is recorded with every consent, so
 * another wording is another version.
 */
export const CONSENTS: ServiceContent['consents'] = [
  {
    kind: 'service',
    version: '2026-11',
    zh: '我同意使用毕业证照图像采集服务。为完成采集、审核和上传学信网，服务方将处理我的学籍信息（姓名、证件号、学校、专业等）、订单与支付信息。证件号加密保存，页面只显示部分字符；信息在法律要求和完成服务所需的期限届满后删除。我可以随时联系客服查询、更正或撤回同意；撤回后未提交的照片将被删除，已完成采集的不受影响。',
    en: 'I agree to use the graduation-photo service. To collect, review and deliver the photo to CHSI, my study record (name, ID number, school, subject), order and payment are processed. The ID number is kept encrypted and shown in part only; data are deleted when the law and the service no longer need them. I can ask customer service to show, correct or delete my data or withdraw consent at any time; photos not yet submitted are then deleted, completed collections are not affected.',
  },
  {
    kind: 'faceProcessing',
    version: '2026-11',
    zh: '我单独同意处理我的人脸信息：在采集设备或服务器上定位面部以制作标准证件照、检查照片质量，并在提交后辅助核验身份。人脸信息属于敏感个人信息，仅用于本次毕业证照采集，加密保存、不对外提供（学信网除外）、不用于识别他人；自动比对不作为唯一依据，最终由人工审核。如不同意，可以联系客服改由线下人工方式办理。',
    en: 'I give separate consent to processing my face: on the capture device or the server the face is located to make the standard photo, to check its quality and, after submission, to help verify my identity. Face data are sensitive personal information, used for this collection alone, kept encrypted, given to nobody but CHSI and not used to recognise others; an automatic comparison never decides alone, a person does. Without this consent I can ask customer service for manual handling.',
  },
];

/** True when that text, in that wording, is one that is asked for at present. */
export function isCurrentConsent(kind: string, version: string): boolean {
  return CONSENTS.some((consent) => consent.kind === kind && consent.version === version);
}
