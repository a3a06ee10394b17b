import { maskIdNumber } from '@gradshot/domain';
import { escapeHtml, phonePage, row } from '../phone-page.ts';
import type { CodeKind } from './code-desk.ts';
import type { SampleStudent } from './sample-students.ts';

const LOOK = {
  accent: '#1678c2',
  note: '本页模拟学信网，仅供演示。学生、学校和证件号均为虚构，不可用于真实采集。',
} as const;

const KIND_NAMES: Readonly<Record<CodeKind, string>> = {
  valid: '有效码',
  expired: '已过期码',
  unknown: '查无此人码',
  forged: '伪造码',
};

/** The list of sample students, by school. */
export function studentListPage(students: readonly SampleStudent[]): string {
  const schools = [...new Set(students.map(({ schoolName }) => schoolName))];
  const body = schools
    .map((school) => {
      const members = students.filter(({ schoolName }) => schoolName === school);
      return `<h2>${escapeHtml(school)}</h2>${members.map(card).join('')}`;
    })
    .join('');
  return phonePage({ ...LOOK, title: '学信档案 · 图像采集码（演示）', body });
}

function card(student: SampleStudent): string {
  return `<a class="card" href="/codes/${student.studentNumber}">
<div class="name">${escapeHtml(student.name)}</div>
<div class="muted">${escapeHtml(`${student.college} · ${student.major} · ${student.level}`)}</div>
<div class="muted">后四位 ${escapeHtml(student.idNumber.replace(/[()]/g, '').slice(-4))}</div></a>`;
}

/** One code, as large as the phone allows. */
export function codePage(student: SampleStudent, kind: CodeKind): string {
  const others = Object.entries(KIND_NAMES)
    .filter(([other]) => other !== kind)
    .map(([other, name]) => `<a href="?kind=${other}">${name}</a>`)
    .join('');
  const body = `<section>
<div class="state">图像采集码${kind === 'valid' ? '' : `（${KIND_NAMES[kind]}）`}</div>
<img class="code" alt="图像采集码" src="/codes/${student.studentNumber}/code.png?kind=${kind}&amp;scale=14">
<p class="muted" style="text-align:center">请将屏幕调亮，对准采集设备；长按可保存原图</p></section>
<section>${row('姓名', student.name)}${row('证件号码', maskIdNumber(student.idNumber))}
${row('后四位（演示）', student.idNumber.replace(/[()]/g, '').slice(-4))}
${row('学校', student.schoolName)}${row('院系', student.college)}${row('专业', student.major)}
${row('层次', student.level)}</section>
<section><div class="muted">演示其他情况</div><div class="tags">${others}
<a href="/">返回名单</a></div></section>`;
  return phonePage({ ...LOOK, title: '学信网 · 获取图像采集码（演示）', body });
}
