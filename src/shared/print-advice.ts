import { type ErrorCode, errorSentence, type Failure, type Language } from '@gradshot/domain';

/** What staff can do about a printer; the catalogue's own sentences tell graduates whom to call. */
const ADVICE: { readonly [C in ErrorCode]?: { readonly zh: string; readonly en: string } } = {
  'station.printerMissing': {
    zh: '系统里找不到这台打印机：请检查电源和连线，或在【打印】页重新选择。',
    en: 'The system does not know this printer. Check power and cable, or choose another under Printing.',
  },
  'station.printerPaper': {
    zh: '打印机缺纸：请装纸，再点【再打一次】。',
    en: 'The printer is out of paper. Load some, then print again.',
  },
  'station.printerJam': {
    zh: '打印机卡纸：请按打印机的说明取出卡住的纸，再点【再打一次】。',
    en: 'Paper is jammed in the printer. Clear it as its manual says, then print again.',
  },
  'station.printerCover': {
    zh: '打印机的盖子没有关好：请关好，再点【再打一次】。',
    en: 'The printer’s cover is open. Close it, then print again.',
  },
  'station.printerOffline': {
    zh: '打印机没有连上：请检查电源、数据线或网络，再点【再打一次】。',
    en: 'The printer is offline. Check power, cable or network, then print again.',
  },
  'station.printerStopped': {
    zh: '打印机在系统里已暂停，或报告了故障（如墨盒、色带用完）：请查看打印机的屏幕和系统的打印队列。',
    en: 'The printer is paused in the system, or reports a fault such as used-up ink or ribbon. Look at its display and at the system’s print queue.',
  },
  'station.printTimedOut': {
    zh: '打印机一直没有应答：请先看有没有打出来，没有就关闭打印机再打开，然后点【再打一次】。',
    en: 'The printer never answered. See whether it printed; if not, turn it off and on, then print again.',
  },
  'station.printFailed': {
    zh: '系统没有完成打印（{reason}）：请在系统里打印一张测试页，确认驱动正常，再点【再打一次】。',
    en: 'The system did not print ({reason}). Print a test page from the system to check the driver, then print again.',
  },
};

export function printAdvice({ code, details }: Failure, language: Language): string {
  const sentence = ADVICE[code]?.[language];
  if (!sentence) return errorSentence({ code, ...(details ? { details } : {}) }, language);
  return sentence.replace('{reason}', String(details?.reason ?? '—'));
}
