// @vitest-environment jsdom
import { ok } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClassListView, ClassPersonState, ClassPersonView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { QueueDesk } from './queue-desk.tsx';

const person = (end: string, state: ClassPersonState, number?: string): ClassPersonView => ({
  ...{ entryId: `id-${end}`, maskedName: '张*', studentNumberEnd: end, state },
  ...{ needsCode: state === 'called', ...(number === undefined ? {} : { number }) },
});
const CLASS = { batchId: 'b', college: '计算机学院', className: '软工2301' };
const listOf = (...people: ClassPersonView[]): ClassListView => ({
  ...{ ...CLASS, loadedAt: '2026-11-23T01:00:00.000Z', more: false, people },
});

let station: TestStation;
let begun: number;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  begun = 0;
});
afterEach(cleanup);

const open = (classList?: ClassListView) => {
  station.show(classList ? { classList } : {});
  renderPage(
    <QueueDesk
      onBegun={() => {
        begun += 1;
      }}
    />,
  );
};
const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));
const sent = (name: string) => station.sent.filter((one) => one.name === name);

it('counts who is done and who is absent, and offers each what is possible', async () => {
  open(
    listOf(
      person('1', 'done'),
      person('2', 'absent'),
      person('3', 'open'),
      person('4', 'here', 'A004'),
    ),
  );
  expect(screen.getByTestId('class-counts').textContent).toBe('已办完 1/4，缺席 1');
  expect(screen.queryByTestId('begin-1')).toBeNull();
  expect(screen.getByTestId('person-3').getAttribute('aria-current')).toBe('true');
  await press('absent-3');
  await press('not-absent-2');
  expect(sent('staff.markAbsent').map(({ payload }) => payload)).toEqual([
    { entryId: 'id-3', absent: true },
    { entryId: 'id-2', absent: false },
  ]);
});

it('gives the page back when a visit has begun, and stays where the code comes first', async () => {
  station.answer('staff.beginOfClass', ok({ begun: true }));
  open(listOf(person('1', 'open'), person('2', 'open')));
  await press('begin-1');
  expect([sent('staff.beginOfClass')[0]?.payload, begun]).toEqual([{ entryId: 'id-1' }, 1]);
  station.answer('staff.beginOfClass', ok({ begun: false }));
  await press('begin-2');
  expect(begun).toBe(1);
  station.show({ classList: listOf(person('1', 'done'), person('2', 'called', 'A002')) });
  expect(screen.getByTestId('person-2').textContent).toContain('待出示采集码');
});

it('is chosen from the school’s classes', async () => {
  const row = { ...CLASS, batchName: '2027 届', people: 43 };
  station.answer('staff.classes', ok([row, { ...row, college: '文学院', className: '新闻2301' }]));
  open();
  await press('queue-ways');
  await act(async () => void fireEvent.click(screen.getByText('按名单拍摄')));
  await act(async () => {
    fireEvent.change(screen.getByTestId('class-filter'), { target: { value: '新闻' } });
  });
  await press('open-class-0');
  expect(sent('staff.openClass')[0]?.payload).toEqual({
    ...{ batchId: 'b', college: '文学院', className: '新闻2301' },
  });
});

it('手机到场 is switched on and off, and says when there is no code', async () => {
  open();
  await press('arrivals-switch');
  expect(sent('staff.setArrivals')[0]?.payload).toEqual({ open: true });
  station.show({ arrivals: {} });
  await press('show-arrival-code');
  expect(screen.getByTestId('arrival-away').textContent).toContain('请找工作人员');
  station.show({ arrivals: { qrText: 'https://school.example/h5/#/x' } });
  expect(screen.queryByTestId('arrival-away')).toBeNull();
  expect(screen.getByTestId('qr-code')).toBeDefined();
});
