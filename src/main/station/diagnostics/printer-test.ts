import { glossary, type Language } from '@gradshot/domain';
import {
  BROWSER_PRINTER,
  type DiagnosticLine,
  type PrinterTask,
  printAdvice,
} from '../../../shared/index.ts';
import type { PrinterFinding } from '../printing/staff-prints.ts';

const TASK_TEXT: Readonly<Record<PrinterTask, Readonly<Record<Language, string>>>> = {
  receipt: { zh: '凭条', en: 'receipts' },
  photo: { zh: glossary.printSheet.zh, en: 'print sheets' },
};

/** A station without printers is well: then nothing is offered. */
export function lookAtPrinters({
  printers,
}: {
  readonly printers: readonly PrinterFinding[];
}): Pick<DiagnosticLine, 'level' | 'zh' | 'en'> {
  if (printers.length === 0)
    return {
      level: 'pass',
      zh: '没有选打印机，不提供打印。',
      en: 'No printer is chosen; nothing is printed.',
    };
  const broken = printers.filter(({ failure }) => failure);
  if (broken.length === 0)
    return {
      level: 'pass',
      zh: `打印机正常：${all(printers, 'zh', '、')}。`,
      en: `The printers are ready: ${all(printers, 'en', ', ')}.`,
    };
  const told = (language: Language) =>
    broken
      .map(
        (each) =>
          `${named(each, language)}：${each.failure ? printAdvice(each.failure, language) : ''}`,
      )
      .join(language === 'zh' ? '' : ' ');
  return { level: 'fail', zh: told('zh'), en: told('en').replaceAll('：', ': ') };
}

const all = (printers: readonly PrinterFinding[], language: Language, between: string) =>
  printers.map((each) => named(each, language)).join(between);

function named({ task, name }: PrinterFinding, language: Language): string {
  const what = TASK_TEXT[task][language];
  const zh = language === 'zh';
  if (name === BROWSER_PRINTER) return zh ? `${what}由浏览器打印` : `${what} by the browser`;
  return zh ? `${what}「${name}」` : `${what} “${name}”`;
}
