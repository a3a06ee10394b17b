import type { Wording } from './wording.ts';

/** What the fee covers, the two consents, and the payment. */

export const serviceContent: Wording = { zh: '服务内容', en: 'What you get' };
export const feeCovers: Wording = { zh: '费用包含', en: 'The fee covers' };
export const oneFee: Wording = {
  zh: '一次付费，包含图像采集、图像标准化等全部服务；审核未通过可免费重拍。',
  en: 'One fee covers collection, standardisation and everything else; a retake after a rejection is free.',
};
export const fee: Wording = { zh: '采集费用', en: 'Fee' };
export const priceShown: Wording = {
  zh: '采集费用以页面显示的价格为准',
  en: 'The price on this page applies',
};

export const readAndTick: Wording = { zh: '请分别阅读并勾选', en: 'Please read and tick each one' };
export const tickBothFirst: Wording = {
  zh: '请先阅读并勾选两项同意',
  en: 'Read and tick both consents first',
};
export const haveRead: Wording = { zh: '我已阅读并同意', en: 'I have read and accept' };
export const serviceAgreement: Wording = { zh: '图像采集服务协议', en: 'Service agreement' };
export const faceConsent: Wording = {
  zh: '人脸信息处理单独同意书',
  en: 'Separate consent to face processing',
};

export const payment: Wording = { zh: '支付费用', en: 'Payment' };
export const payNow: Wording = { zh: '立即支付', en: 'Pay now' };
export const wechatPay: Wording = { zh: '微信支付', en: 'WeChat Pay' };
export const paid: Wording = { zh: '已支付', en: 'Paid' };
export const receiptNo: Wording = { zh: '收据号', en: 'Receipt no.' };
export const paymentReceived: Wording = { zh: '支付成功', en: 'Paid' };
