import type { DiagnosticLine, TabletsView } from '../../../shared/index.ts';

type Verdict = Pick<DiagnosticLine, 'level' | 'zh' | 'en'>;

/** A station without tablets is well: then nothing of it is on the network. */
export function lookAtTablets({
  tablets: { listener, paired },
}: {
  readonly tablets: Pick<TabletsView, 'listener' | 'paired'>;
}): Verdict {
  switch (listener.kind) {
    case 'off':
      return {
        level: 'pass',
        zh: '没有打开平板接入。',
        en: 'Tablets are not let in.',
      };
    case 'opening':
      return {
        level: 'warn',
        zh: '平板接入正在打开，请稍候再运行自检。',
        en: 'Tablets are being let in. Run the test again shortly.',
      };
    case 'noNetwork':
      return {
        level: 'warn',
        zh: '本机没有连上局域网，平板连不上，请检查网线或 Wi-Fi；恢复后自动可用。',
        en: 'The station is on no network that tablets could share. Check cable or Wi-Fi; it goes on by itself.',
      };
    case 'portTaken':
      return {
        level: 'fail',
        zh: `平板接入的端口 ${listener.port} 被其他程序占用，请在「流程与语音」中换一个端口。`,
        en: `Another program has port ${listener.port}. Choose another one for tablets under “Flow and voice”.`,
      };
    case 'failed':
      return {
        level: 'fail',
        zh: `平板接入打不开（${listener.reason}），请关闭再打开；仍不行请联系技术支持。`,
        en: `Tablets cannot be let in (${listener.reason}). Switch it off and on again; else call support.`,
      };
    case 'open': {
      const connected = paired.filter((tablet) => tablet.connected).length;
      const [first] = listener.addresses;
      const at = `https://${first?.address}:${listener.port}`;
      return {
        level: 'pass',
        zh: `平板可以连接 ${at}：已配对 ${paired.length} 台，连着 ${connected} 台。`,
        en: `Tablets reach ${at}: ${paired.length} paired, ${connected} connected.`,
      };
    }
  }
}
