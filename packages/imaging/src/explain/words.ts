import {
  type CheckResult,
  type Language,
  MACHINE_CHECKS,
  type MachineCheckCode,
} from '@gradshot/domain';

const WORDS = {
  hairTop: { zh: '头顶', en: 'Hair top' },
  eyeLine: { zh: '眼线', en: 'Eye line' },
  chin: { zh: '下巴', en: 'Chin' },
  faceWidth: { zh: '脸宽', en: 'Face width' },
  crop: { zh: '成片范围', en: 'Photo' },
  centre: { zh: '中线', en: 'Centre' },
  source: { zh: '原图', en: 'Source' },
  result: { zh: '成片', en: 'Result' },
  accepted: { zh: '合格', en: 'Accepted' },
  refused: { zh: '不合格', en: 'Refused' },
  notMeasured: { zh: '未能测量', en: 'not measured' },
} as const;

export function word(key: keyof typeof WORDS, language: Language): string {
  return WORDS[key][language];
}

/** Name, value and limit of a check on one line. */
export function describeCheck(check: CheckResult, language: Language): string {
  const name = MACHINE_CHECKS[check.code as MachineCheckCode]?.[language] ?? check.code;
  return `${name}  ${describeValue(check, language)}`;
}

/** Units that are English words; the others are the same everywhere. */
const CHINESE_UNITS: Readonly<Record<string, string>> = { faces: '张', bits: '位' };

function describeValue({ value, limit, unit }: CheckResult, language: Language): string {
  if (value === null) return word('notMeasured', language);
  const name = language === 'zh' ? (CHINESE_UNITS[unit] ?? unit) : unit;
  const range = typeof limit === 'number' ? [limit] : limit;
  const limits = range ? ` / ${range.map(shortened).join('–')}` : '';
  return `${value}${name && ` ${name}`}${limits}`;
}

/** A window in bytes gives kilobytes with many places. */
function shortened(limit: number): string {
  return String(Math.round(limit * 100) / 100);
}
