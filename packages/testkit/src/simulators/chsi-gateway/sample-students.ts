import { impossibleHongKongId, impossibleMainlandId } from './id-number.ts';

/** A student as the gateway's register holds it. Every one here is invented. */
export type SampleStudent = {
  readonly studentNumber: string;
  readonly name: string;
  readonly idNumber: string;
  readonly schoolCode: string;
  readonly schoolName: string;
  readonly college: string;
  readonly major: string;
  readonly level: string;
  readonly graduationYear: number;
};

export type SampleSchool = { readonly code: string; readonly name: string };

/** School codes 99xxx were never assigned. The third school is meant to have no open batch. */
export const SAMPLE_SCHOOLS = {
  university: { code: '99001', name: '演示大学' },
  college: { code: '99002', name: '样例职业技术学院' },
  notOpen: { code: '99003', name: '未开放采集学院' },
} as const satisfies Record<string, SampleSchool>;

const { university, college, notOpen } = SAMPLE_SCHOOLS;

type Row = readonly [
  name: string,
  idNumber: string,
  school: SampleSchool,
  college: string,
  major: string,
  level: string,
];

const ROWS: readonly Row[] = [
  // The ID numbers of 李样本 and 刘假想 end in X.
  ['张示例', impossibleMainlandId('20040101', 9), university, '计算机学院', '软件工程', '本科'],
  ['李样本', impossibleMainlandId('20040229', 14), university, '文学院', '汉语言文学', '本科'],
  ['王演示', impossibleMainlandId('20031118', 23), university, '医学院', '护理学', '本科'],
  [
    '欧阳范例',
    impossibleMainlandId('20030606', 38),
    university,
    '艺术学院',
    '视觉传达设计',
    '本科',
  ],
  [
    '赵测试',
    impossibleMainlandId('20010315', 41),
    university,
    '计算机学院',
    '计算机科学与技术',
    '硕士研究生',
  ],
  ['陈虚构', impossibleHongKongId(2), university, '国际教育学院', '工商管理', '本科'],
  ['古丽·样例', impossibleMainlandId('20040808', 52), university, '文学院', '新闻学', '本科'],
  ['刘假想', impossibleMainlandId('20050520', 67), college, '机电工程系', '机电一体化技术', '专科'],
  ['孙模拟', impossibleMainlandId('20050912', 70), college, '护理系', '助产', '专科'],
  ['周试用', impossibleMainlandId('20051001', 85), college, '信息工程系', '数字媒体技术', '专科'],
  ['吴未开', impossibleMainlandId('20040404', 96), notOpen, '管理系', '会计学', '本科'],
];

/** The register: same order and same numbers at every start. */
export const SAMPLE_STUDENTS: readonly SampleStudent[] = ROWS.map(
  ([name, idNumber, school, collegeName, major, level], index) => ({
    studentNumber: `99${school.code}2027${String(index + 1).padStart(6, '0')}`,
    name,
    idNumber,
    schoolCode: school.code,
    schoolName: school.name,
    college: collegeName,
    major,
    level,
    graduationYear: 2027,
  }),
);
