import type { Wording } from './wording.ts';

/** The graduate's 学籍 record and its fields. */

export const studentRecord: Wording = { zh: '学籍信息', en: 'Student record' };
export const studentNumber: Wording = { zh: '学号', en: 'Student no.' };
export const personName: Wording = { zh: '姓名', en: 'Name' };
export const idNumber: Wording = { zh: '证件号码', en: 'ID number' };
export const lastFour: Wording = { zh: '证件号码后四位', en: 'Last four of your ID number' };
export const school: Wording = { zh: '学校', en: 'School' };
export const college: Wording = { zh: '院系', en: 'College' };
export const major: Wording = { zh: '专业', en: 'Major' };
export const className: Wording = { zh: '班级', en: 'Class' };
export const level: Wording = { zh: '层次', en: 'Level' };
export const graduationYear: Wording = { zh: '毕业年份', en: 'Graduation' };
