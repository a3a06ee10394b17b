import { glossary } from '@gradshot/domain';
import { GRADUATE_HASH } from '../../shared/channels.ts';

/**
 * What a page without the cookie gets. It takes the key out of the address's fragment, which no
 * browser ever sends or logs, trades it for the cookie, and opens the interface. The graduate's own
 * screen has no key: after a restart of the station it waits until staff have entered again.
 */
export const ENTRY_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${glossary.programName.zh}</title>
<script src="/entry.js" defer></script>
</head>
<body>
<p id="advice" hidden>本页面需要从启动程序给出的完整地址进入，请工作人员重新启动本机采集程序，或复制启动窗口中最新的地址。</p>
<p id="waiting" hidden>正在等待工作人员打开采集程序…</p>
<p id="advice-en" lang="en" hidden>Open the full address that the station's start program shows. Restart the station for a new one.</p>
</body>
</html>
`;

export const ENTRY_SCRIPT = `'use strict';
const waitForStaff = async () => {
  document.getElementById('waiting').hidden = false;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const seen = await fetch('/browser-bridge.js', { method: 'HEAD' }).catch(() => undefined);
    if (seen?.ok) return location.reload();
  }
};
(async () => {
  if (location.hash === '${GRADUATE_HASH}') return waitForStaff();
  const key = location.hash.slice(1);
  history.replaceState(null, '', '/');
  const entered = key !== '' && (await fetch('/entry', { method: 'POST', body: key })).ok;
  if (entered) return location.replace('/');
  for (const id of ['advice', 'advice-en']) document.getElementById(id).hidden = false;
})();
`;
