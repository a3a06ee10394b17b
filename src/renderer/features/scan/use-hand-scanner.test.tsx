// @vitest-environment jsdom
import type { CodePayload } from '@gradshot/domain';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startStation, type TestStation } from '../../tests/test-station.tsx';
import { useHandScanner } from './use-hand-scanner.ts';

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
});
afterEach(cleanup);

function Page({ heard }: { heard: CodePayload[] }) {
  useHandScanner((code) => void heard.push(code));
  return null;
}

const CODE = { payload: 'read by the core' };
const read = (number: number) => station.show({ scanned: { number, code: CODE } });

it('hears what the core read, once', () => {
  const heard: CodePayload[] = [];
  render(<Page heard={heard} />);
  read(1001);
  station.show({ plugged: 1 });
  expect(heard).toEqual([CODE]);
  read(1002);
  expect(heard).toHaveLength(2);
});

it('is deaf to what was read before it listened', () => {
  read(2001);
  const heard: CodePayload[] = [];
  render(<Page heard={heard} />);
  station.show({ plugged: 1 });
  expect(heard).toEqual([]);
});

it('of two pages the one that lies above hears it', () => {
  const [below, above]: CodePayload[][] = [[], []];
  render(<Page heard={below!} />);
  const { unmount } = render(<Page heard={above!} />);
  read(3001);
  expect([below, above]).toEqual([[], [CODE]]);
  unmount();
  read(3002);
  expect(below).toEqual([CODE]);
});
