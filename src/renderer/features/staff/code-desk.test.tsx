// @vitest-environment jsdom
import { fail, ok } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { CodeDesk } from './code-desk.tsx';

let station: TestStation;
let begun: number;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  begun = 0;
  renderPage(
    <CodeDesk
      onBegun={() => {
        begun += 1;
      }}
    />,
  );
  await act(async () => void fireEvent.click(screen.getByText('手动输入')));
});
afterEach(cleanup);

const submit = async (text: string) => {
  fireEvent.change(screen.getByTestId('typed-code'), { target: { value: text } });
  await act(async () => void fireEvent.click(screen.getByTestId('submit-code')));
};

it('begins the visit of the code that was typed', async () => {
  station.answer('session.submitCode', ok(null));
  await submit(' CODE-1 ');
  expect(station.sent.at(-1)).toEqual({
    name: 'session.submitCode',
    payload: { payload: 'CODE-1', source: 'typed' },
  });
  expect(begun).toBe(1);
});

it('stays with staff when the code is refused, and sends nothing empty', async () => {
  station.answer('session.submitCode', fail('code.unknown'));
  await submit('CODE-2');
  expect(begun).toBe(0);
  const sent = station.sent.length;
  await submit('  ');
  expect(station.sent).toHaveLength(sent);
});
