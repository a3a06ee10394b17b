import { expect, it } from 'vitest';
import { cupsSpool } from './print-spool.ts';

/** A program that answers as CUPS's own would: this Node, told what to say. */
const saying = (script: string) =>
  [process.execPath, '-e', script, '--'] as [program: string, ...leading: string[]];

const LINES = [
  'DS-RX1-17              kiosk            102400   Mon 23 Nov 2026 02:05:00 PM CST',
  'DS-RX1-18              kiosk             81920   Mon 23 Nov 2026 02:05:09 PM CST',
  '  a line that is none',
].join('\n');

it('reads the jobs of a printer that are not done', async () => {
  const asked = `if (process.argv.slice(1).join(' ') !== '-W not-completed -o DS-RX1') process.exit(1);
    console.log(${JSON.stringify(LINES)});`;
  const spool = cupsSpool(saying(asked), ['cancel'], ['/nonexistent/lpq']);
  expect(await spool.waiting('DS-RX1')).toEqual([{ name: 'DS-RX1-17' }, { name: 'DS-RX1-18' }]);
});

const QUEUE = [
  'DS-RX1 is ready and printing',
  'Rank    Owner   Job     File(s)                         Total Size',
  'active  kiosk   17      gradshot-1a2b3c4d 6 inch        102400 bytes',
  '1st     kiosk   18      payslip of May                  81920 bytes',
].join('\n');

it('knows their titles where the system tells them', async () => {
  const lpq = saying(`if (process.argv.slice(1).join(' ') !== '-P DS-RX1') process.exit(1);
    console.log(${JSON.stringify(QUEUE)});`);
  const spool = cupsSpool(saying(`console.log(${JSON.stringify(LINES)})`), ['cancel'], lpq);
  expect(await spool.waiting('DS-RX1')).toEqual([
    { name: 'DS-RX1-17', title: 'gradshot-1a2b3c4d 6 inch' },
    { name: 'DS-RX1-18', title: 'payslip of May' },
  ]);
});

it('finds none in an answer without jobs', async () => {
  expect(await cupsSpool(saying('')).waiting('DS-RX1')).toEqual([]);
});

it('knows nothing where CUPS is missing, or does not know the printer', async () => {
  expect(await cupsSpool(['/nonexistent/lpstat']).waiting('x')).toBeUndefined();
  expect(await cupsSpool(saying('process.exit(1)')).waiting('x')).toBeUndefined();
});

it('takes a job back by its name, and does not fail where it is gone already', async () => {
  const refusing = saying("console.error('cancel: cancel-job failed'); process.exit(1)");
  await cupsSpool(['lpstat'], refusing).withdraw('DS-RX1-17');
});
