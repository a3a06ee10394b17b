import { glossary } from '@gradshot/domain';

/**
 * What a tablet without a token gets. The secret of the QR code's link comes in the address's fragment,
 * which no browser sends or logs; without it the code is typed.
 */
export const PAIRING_PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${glossary.programName.zh}</title>
<link rel="stylesheet" href="/pair.css">
<script src="/pair.js" defer></script>
</head>
<body>
<main>
<h1>把这台平板配对为工作台</h1>
<p class="en" lang="en">Pair this tablet as a staff desk</p>
<p id="lead">在采集点的屏幕上打开「平板」，点【配对新平板】，再输入屏幕上的 8 位配对码。</p>
<form id="form">
<label for="code">配对码 <span lang="en">Pairing code</span></label>
<input id="code" name="code" inputmode="numeric" autocomplete="off" maxlength="11" placeholder="0000 0000" autofocus>
<button id="submit" type="submit">配对 <span lang="en">Pair</span></button>
</form>
<p id="failure" role="alert" hidden></p>
<p class="quiet">浏览器提示证书不受信任时，先查看证书，SHA-256 指纹与采集点屏幕上的一致才继续；不一致请停止，联系技术支持。</p>
<p class="quiet en" lang="en">Where the browser warns of the certificate, compare its SHA-256 fingerprint with the station’s screen, and stop if they differ.</p>
</main>
</body>
</html>
`;

export const PAIRING_STYLE = `
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px;
  background: #f3f6fa; color: #0f1e33; line-height: 1.5; font-size: 18px;
  font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif; }
main { width: 100%; max-width: 560px; padding: 40px; border: 1px solid #d9e1ea; border-radius: 20px; background: #fff; }
h1 { margin: 0; font-size: 28px; line-height: 1.3; }
p { margin: 16px 0; }
.en { margin-top: 0; color: #42526a; }
.quiet { color: #42526a; font-size: 16px; }
form { display: grid; gap: 12px; margin: 24px 0; }
label { font-weight: 600; }
input { width: 100%; min-height: 72px; padding: 0 20px; border: 1px solid #8494a8; border-radius: 14px;
  font: inherit; font-size: 36px; letter-spacing: 0.12em; text-align: center; font-feature-settings: "tnum"; }
input::placeholder { color: #5d6b80; opacity: 0.6; }
button { min-height: 72px; border: 0; border-radius: 14px; background: #1457c8; color: #fff; font: inherit; font-size: 22px; font-weight: 600; }
button:disabled { background: #e3e9f1; color: #5d6b80; }
:focus-visible { outline: 4px solid #1457c8; outline-offset: 3px; }
#failure { padding: 12px 20px; border-radius: 14px; background: #fdebe9; color: #b3261e; }
#failure span { display: block; }
`;

export const PAIRING_SCRIPT = `'use strict';
const form = document.getElementById('form');
const code = document.getElementById('code');
const submit = document.getElementById('submit');
const failure = document.getElementById('failure');
const tell = (lines) => {
  failure.replaceChildren(...lines.map((line) => {
    const said = document.createElement('span');
    said.textContent = line;
    return said;
  }));
  failure.hidden = false;
};
const pair = async (said) => {
  submit.disabled = true;
  failure.hidden = true;
  const answer = await fetch('/pair', { method: 'POST', body: said }).catch(() => undefined);
  if (answer && answer.ok) return location.replace('/');
  submit.disabled = false;
  code.value = '';
  code.focus();
  if (!answer) return tell(['连接不上采集点，请检查平板的 Wi-Fi 后再试。', 'The station cannot be reached. Check the Wi-Fi and try again.']);
  tell((await answer.text()).split('\\n').filter(Boolean));
};
form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (code.value.trim() !== '') void pair(code.value);
});
const secret = location.hash.slice(1);
if (secret !== '') {
  history.replaceState(null, '', '/');
  void pair(secret);
}
`;
