import type { Language } from '@gradshot/domain';

/** What was found wrong at a start and put right; shown to staff until they say they have seen it. */
export type RecoveryView = {
  /** By the station's clock, ISO 8601. */
  readonly at: string;
  readonly trouble: RecoveryTrouble;
  /** The database came back from one of its daily copies. */
  readonly fromCopy: boolean;
  /** Photos put back from their sealed pictures alone. */
  readonly rebuilt: number;
  /** Sealed pictures that nothing explains; they are kept for weeks. */
  readonly quarantined: number;
};

export const RECOVERY_TROUBLES = [
  'missing',
  'notADatabase',
  'damaged',
  'settingsDamaged',
  'rowsBehind',
] as const;
export type RecoveryTrouble = (typeof RECOVERY_TROUBLES)[number];

const FOUND: Readonly<Record<RecoveryTrouble, Readonly<Record<Language, string>>>> = {
  missing: {
    zh: '启动时发现本机数据库文件不见了',
    en: 'At start the local database file was gone',
  },
  notADatabase: {
    zh: '启动时发现本机数据库文件已不是数据库（可能被其他程序改写）',
    en: 'At start the local database file was no database any more (another program may have written it)',
  },
  damaged: {
    zh: '启动时发现本机数据库有损坏',
    en: 'At start the local database was damaged',
  },
  settingsDamaged: {
    zh: '启动时发现本机的设置有损坏，已恢复',
    en: 'At start some of the settings were damaged; they were restored',
  },
  rowsBehind: {
    zh: '启动时发现数据库里少了照片的记录',
    en: 'At start the database lacked the records of some photos',
  },
};

/** What happened, what was put right, what staff do now. */
export function recoverySentence(recovery: RecoveryView, language: Language): string {
  const { trouble, fromCopy, rebuilt } = recovery;
  const isDatabase = trouble !== 'settingsDamaged' && trouble !== 'rowsBehind';
  if (language === 'en') {
    const made = fromCopy ? '; the last copy was restored' : '; a new one was made';
    const copy = trouble === 'missing' ? made : `${made}, the damaged file is kept`;
    const photos = rebuilt > 0 ? ` ${rebuilt} photos were put back from their sealed files.` : '';
    return `${FOUND[trouble].en}${isDatabase ? copy : ''}.${photos} Look through the queue; if this happens again, have the disk changed.`;
  }
  const made = fromCopy ? '，已用最近的备份恢复' : '，已新建数据库';
  const copy = trouble === 'missing' ? made : `${made}，损坏的文件已另存`;
  const photos = rebuilt > 0 ? `已从加密照片找回 ${rebuilt} 张照片的记录。` : '';
  return `${FOUND[trouble].zh}${isDatabase ? copy : ''}。${photos}请核对【待发送】；如果再次出现，请更换磁盘。`;
}
