import type { DiagnosticLine } from '../../../shared/index.ts';
import type { ScannerFinding } from '../scanners/scanners.ts';

type Verdict = Pick<DiagnosticLine, 'level' | 'zh' | 'en'>;
type Said = { readonly zh: string; readonly en: string };

/** What staff do about a scanner that the station cannot read itself. */
const ADVICE: Readonly<Record<Exclude<ScannerFinding['state'], 'read'>, Said>> = {
  denied: {
    zh: '没有读取权限；设为键盘方式的可以照常使用，否则请安装随程序提供的 60-gradshot-scanners.rules 后重新插上',
    en: 'may not be read. One that types works all the same; else install 60-gradshot-scanners.rules and plug it in again',
  },
  taken: {
    zh: '被其他程序占用，请关闭那个程序后重新插上',
    en: 'is in use by another program. Close that and plug the scanner in again',
  },
  unsupported: {
    zh: '本系统不支持直接读取，请按说明书把它设为键盘方式（USB 键盘）',
    en: 'cannot be read on this system. Set it to type as a USB keyboard',
  },
  silent: {
    zh: '没有应答，请重新插上；仍不行请设为键盘方式（USB 键盘）',
    en: 'does not answer. Plug it in again, else set it to type as a USB keyboard',
  },
};

/** A station whose scanner types, or that has none, is well. */
export function lookAtScanners({
  scanners,
}: {
  readonly scanners: readonly ScannerFinding[];
}): Verdict {
  const troubled = scanners.filter(({ state }) => state !== 'read');
  if (troubled.length > 0) return { level: 'warn', ...listed(troubled) };
  if (scanners.length > 0) return { level: 'pass', ...listed(scanners) };
  return {
    level: 'pass',
    zh: '没有需要直接读取的扫码枪；键盘方式的扫码枪照常使用。',
    en: 'No scanner has to be read directly; one that types works as ever.',
  };
}

function listed(scanners: readonly ScannerFinding[]): Said {
  const said = scanners.map(({ name, state }) => {
    const { zh, en } = state === 'read' ? { zh: '可以直接读取', en: 'is read' } : ADVICE[state];
    return { zh: `扫码枪「${name}」${zh}`, en: `The scanner “${name}” ${en}` };
  });
  return {
    zh: `${said.map(({ zh }) => zh).join('；')}。`,
    en: `${said.map(({ en }) => en).join('. ')}.`,
  };
}
