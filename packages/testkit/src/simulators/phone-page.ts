/** Pages that simulators show on a phone: plain HTML, no script but the one given, marked 演示. */

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

export type PhonePage = {
  readonly title: string;
  /** Colour of the header bar, CSS. */
  readonly accent: string;
  /** One line that says what this page stands for. */
  readonly note: string;
  /** Trusted HTML: escape every value inside. */
  readonly body: string;
  /** Seconds after which the page loads itself again. */
  readonly refreshS?: number;
};

const STYLE = `
*{box-sizing:border-box;margin:0}
body{font:16px/1.5 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
 color:#1f2329;background:#f4f5f7;min-height:100vh}
header{background:var(--accent);color:#fff;padding:16px 20px;font-size:20px;font-weight:600}
.demo{background:#fff3cd;color:#7a4b00;padding:10px 20px;font-size:14px;border-bottom:1px solid #f0dca0}
main{padding:16px;max-width:560px;margin:0 auto}
section,.card{display:block;background:#fff;border-radius:12px;padding:16px;margin-bottom:12px;
 color:inherit;text-decoration:none;box-shadow:0 1px 3px rgba(0,0,0,.06)}
h2{font-size:14px;font-weight:500;color:#646a73;margin:18px 4px 8px}
.name{font-size:18px;font-weight:600}.muted{color:#646a73;font-size:14px}
.code{display:block;width:100%;max-width:440px;margin:8px auto}
.amount{font-size:40px;font-weight:600;text-align:center;margin:12px 0}
.row{display:flex;justify-content:space-between;gap:16px;padding:6px 0}
.row span:first-child{color:#646a73;white-space:nowrap}.row span:last-child{text-align:right;word-break:break-all}
button,.button{display:block;width:100%;border:0;border-radius:10px;padding:15px;font-size:18px;
 font-weight:600;color:#fff;background:var(--accent);text-align:center;text-decoration:none;margin-top:12px}
button:disabled{background:#c9cdd4}.plain{background:#fff;color:var(--accent);border:1px solid var(--accent)}
.tags{display:flex;gap:8px;flex-wrap:wrap;margin-top:8px}
.tags a{font-size:14px;border:1px solid #d0d3d9;border-radius:8px;padding:6px 10px;color:#1f2329;text-decoration:none}
.state{text-align:center;font-size:20px;font-weight:600;padding:12px 0}
`;

export function phonePage(page: PhonePage): string {
  const refresh = page.refreshS ? `<meta http-equiv="refresh" content="${page.refreshS}">` : '';
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">${refresh}
<title>${escapeHtml(page.title)}</title><style>:root{--accent:${page.accent}}${STYLE}</style></head>
<body><header>${escapeHtml(page.title)}</header>
<div class="demo" role="note">演示：${escapeHtml(page.note)}</div><main>${page.body}</main></body></html>`;
}

/** A label and its value, for `body`. */
export function row(label: string, value: string): string {
  return `<div class="row"><span>${escapeHtml(label)}</span><span>${escapeHtml(value)}</span></div>`;
}
