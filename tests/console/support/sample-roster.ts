import type { ConsoleWorld } from './console-world.ts';
import { studentOf } from './submitted-photo.ts';

/** Classes of the sample students, in their order. */
const CLASSES = ['软工2301', '汉语2301', '护理2302', '视传2301', '计科研2301'];
const NUMBERS = ['20230001', '20230002', '20230003', '20230004', '20230005'];

/** A register of the first sample students and of people who never came. */
export function sampleRoster(world: ConsoleWorld, strangers = 0): Buffer {
  const rows = NUMBERS.map((number, index) => {
    const { name, idNumber, college, major } = studentOf(world, index);
    return [number, name, idNumber, college, major, CLASSES[index]].join(',');
  });
  const others = Array.from({ length: strangers }, (_, index) =>
    [
      `2023${String(index + 1000).padStart(6, '0')}`,
      `${'甲乙丙丁戊己庚辛壬癸'.charAt(index % 10)}示例`,
      strangerId(index),
      '计算机学院',
      '软件工程',
      `软工230${(index % 4) + 1}`,
    ].join(','),
  );
  return Buffer.from(['学号,姓名,证件号,学院,专业名称,班级', ...rows, ...others].join('\r\n'));
}

/** Area 990000 was never assigned. */
function strangerId(index: number): string {
  const day = String((index % 28) + 1).padStart(2, '0');
  const month = String((Math.floor(index / 28) % 12) + 1).padStart(2, '0');
  const year = 1980 + Math.floor(index / 336 / 300);
  const first17 = `990000${year}${month}${day}${String(Math.floor(index / 336) % 1000).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return `${first17}${'10X98765432'[sum % 11]}`;
}
