import { createHash } from 'node:crypto';
import type { Language } from '@gradshot/domain';
import type { PrintDocument } from '../api.ts';
import { html, type Markup, textOf } from './markup.ts';

export type PageSize = PrintDocument['page'];

type Parts = {
  /** Names the job in the system's queue, which anybody may read: nothing personal in it. */
  readonly title: string;
  readonly fileName: string;
  readonly page: PageSize;
  readonly language: Language;
  /** Of the program alone: nothing that came from outside is in it. */
  readonly css: string;
  readonly body: Markup;
};

const COMMON = `
* { box-sizing: border-box; margin: 0; padding: 0; }
html, body { background: #fff; color: #000; }
body {
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif;
  print-color-adjust: exact;
  overflow-wrap: anywhere;
}`;

/** Scripts and everything that would have to be fetched are refused by the page itself, whoever shows it. */
export function printDocument(parts: Parts): PrintDocument {
  const { title, fileName, page, language, body } = parts;
  const size = `@page { size: ${page.widthMm}mm ${page.heightMm}mm; margin: 0; }`;
  const css = `${size}${COMMON}${parts.css}`;
  const digest = createHash('sha256').update(css).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; img-src data:`;
  const head = html`<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${title}</title>`;
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return {
    html: `<!doctype html><html lang="${lang}"><head>${textOf(head)}<style>${css}</style></head><body>${textOf(body)}</body></html>`,
    page,
    fileName,
  };
}
