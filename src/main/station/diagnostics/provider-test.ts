import type { DiagnosticLine } from '../../../shared/index.ts';
import type { ImagingFindings } from '../imaging/standardizer.ts';

type Trial = ImagingFindings['trials'][number];

const WHY: Readonly<Record<NonNullable<Trial['why']>, string>> = {
  absent: '没有相应的显卡',
  fails: '无法启动',
  differs: '结果与 CPU 不一致',
  slower: '比 CPU 慢',
  crashed: '曾使照片处理程序退出',
};

/**
 * Which provider the networks run on, and why each of the others was left. A warning only for one
 * that took the process down: a new graphics driver is likely to help.
 */
export function lookAtProviders({
  imaging: { provider, trials },
}: {
  readonly imaging: ImagingFindings;
}): Pick<DiagnosticLine, 'level' | 'zh' | 'en'> {
  if (provider === undefined) {
    const en = 'The networks are not open, so no provider is in use.';
    return { level: 'warn', zh: '照片处理程序没有启动，尚未选择运算设备。', en };
  }
  const left = trials.filter((trial) => !trial.usable);
  const zh = [`照片处理使用 ${provider}`, ...left.map(describeZh)].join('；');
  const en = [`The networks run on ${provider}`, ...left.map(describeEn)].join('; ');
  if (!left.some(({ why }) => why === 'crashed'))
    return { level: 'pass', zh: `${zh}。`, en: `${en}.` };
  return { level: 'warn', zh: `${zh}。请更新显卡驱动。`, en: `${en}. Update the graphics driver.` };
}

function describeZh({ provider, why, reason }: Trial): string {
  return `未用 ${provider}：${why ? WHY[why] : ''}（${reason}）`;
}

function describeEn({ provider, reason }: Trial): string {
  return `not on ${provider}: ${reason}`;
}
