/** Check characters are right; the people do not exist. */
export function withCheck(id: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return `${id.slice(0, 17)}${'10X98765432'[sum % 11]}`;
}

/** All born on 2004-03-07. */
export const IDS = Array.from({ length: 10 }, (_, i) =>
  withCheck(`9900002004030712${i}`.padEnd(18, '0')),
);

export type Row = readonly (string | number | Date | null | undefined)[];

export const HEADER: Row = ['学号', '姓名', '证件号', '考生号', '性别', '出生日期', '预计毕业日期'];

export function person(i: number): Row {
  const id = IDS[i] ?? '';
  const sex = Number(id[16]) % 2 === 1 ? '男' : '女';
  return [
    `2023${i}001`,
    `学生${'甲乙丙丁戊己庚辛壬癸'[i]}`,
    id,
    `2311010100000${i}`,
    sex,
    '20040307',
    '20270630',
  ];
}
