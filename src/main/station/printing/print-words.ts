import { DESK_PAYMENT_TEXT, glossary, type Language } from '@gradshot/domain';
import type { DeskPayment } from '../../../shared/index.ts';

type Words = Readonly<Record<Language, string>>;

/** What stands on paper, beside the words that screens show too. */
export const PRINT_TEXT = {
  receipt: { zh: '采集凭条', en: 'Receipt' },
  testPage: { zh: '打印测试页', en: 'Test page' },
  method: { zh: '支付方式', en: 'Paid by' },
  photo: { zh: '照片进度', en: 'Photo' },
  printedAt: { zh: '打印时间', en: 'Printed' },
  seeResult: { zh: '怎样查看结果', en: 'How to see the result' },
  seeResultHow: {
    zh: `用微信打开「${glossary.programName.zh}」小程序，识别采集码即可查看；或再到采集点扫码。审核通过后可以下载标准照和排版照。`,
    en: 'Open the WeChat mini-program “毕业证照图像采集” and scan your collection code, or scan it at a station again. Once approved, the photo can be downloaded.',
  },
  keepIt: { zh: '本凭条不能代替发票。', en: 'This is not a tax invoice.' },
  measure: {
    zh: '请用尺量：方框的每条边应为 50 毫米。不是的话，请在打印机驱动里关闭“缩放”“适合纸张”。',
    en: 'Measure it: each side of the square is 50 mm. If not, turn off “scale” and “fit to page” in the driver.',
  },
  measureEdge: {
    zh: '虚线应沿纸边均匀；少了一边，说明纸张大小选得不对。',
    en: 'The dashed line follows the paper’s edge evenly; a side that is missing means the wrong paper size.',
  },
} as const satisfies Readonly<Record<string, Words>>;

/** How a fee came in, as far as this station saw it. */
export type PaidBy = DeskPayment | { readonly method: 'wechat' };

export function methodText(paidBy: PaidBy | undefined, language: Language): string {
  if (!paidBy) return glossary.paid[language];
  if (paidBy.method === 'wechat') return glossary.wechatPay[language];
  return DESK_PAYMENT_TEXT[paidBy.method][language];
}

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');
const BEIJING = 'Asia/Shanghai';

/** e.g. `11月25日星期三`. */
export function dayOnPaper(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    ...{ month: 'long', day: 'numeric', weekday: 'long', timeZone: BEIJING },
  }).format(new Date(iso));
}

/** e.g. `2026/11/23 14:05`. */
export function momentOnPaper(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: BEIJING },
  }).format(new Date(at));
}
