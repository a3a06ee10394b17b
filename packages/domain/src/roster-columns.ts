/** Fields of a 学籍 register by their official short names, in the order in which they are shown. */
export const ROSTER_COLUMNS = [
  'XH',
  'XM',
  'SFZH',
  'KSH',
  'XB',
  'CSRQ',
  'XY',
  'ZYMC',
  'ZYDM',
  'BJ',
  'CC',
  'XZ',
  'XXXS',
  'RXRQ',
  'YJBYRQ',
] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];

/** Without these nobody can be found. */
export const NEEDED_ROSTER_COLUMNS = ['XH', 'XM', 'SFZH'] as const satisfies RosterColumn[];

export const ROSTER_COLUMN_TEXT: Readonly<
  Record<RosterColumn, { readonly zh: string; readonly en: string }>
> = {
  XH: { zh: '学号', en: 'Student number' },
  XM: { zh: '姓名', en: 'Name' },
  SFZH: { zh: '证件号', en: 'ID number' },
  KSH: { zh: '考生号', en: 'Examinee number' },
  XB: { zh: '性别', en: 'Sex' },
  CSRQ: { zh: '出生日期', en: 'Birthday' },
  XY: { zh: '学院', en: 'College' },
  ZYMC: { zh: '专业名称', en: 'Major' },
  ZYDM: { zh: '专业代码', en: 'Major code' },
  BJ: { zh: '班级', en: 'Class' },
  CC: { zh: '层次', en: 'Level' },
  XZ: { zh: '学制', en: 'Years of study' },
  XXXS: { zh: '学习形式', en: 'Form of study' },
  RXRQ: { zh: '入学日期', en: 'Enrolment date' },
  YJBYRQ: { zh: '预计毕业日期', en: 'Expected graduation' },
};
