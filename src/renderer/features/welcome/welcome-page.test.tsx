// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { StationSnapshot } from '../../../shared/index.ts';
import { renderPage, startStation } from '../../tests/test-station.tsx';
import { WelcomePage } from './welcome-page.tsx';

async function show(imaging: StationSnapshot['imaging']): Promise<string> {
  const station = await startStation({ step: 'welcome' });
  renderPage(<WelcomePage />);
  station.show({ imaging });
  return screen.getByTestId('action-bar').textContent ?? '';
}

afterEach(cleanup);

describe('the first page', () => {
  it('says that photos cannot be made here, before anybody pays for one', async () => {
    expect(await show({ ready: false, error: 'imaging.modelMissing' })).toContain(
      '请先联系工作人员',
    );
    expect(screen.getByTestId('imaging-failed')).toBeDefined();
  });

  it.each([
    ['models that still load', { ready: false }, '正在准备'],
    ['an engine that was started again', { ready: true, error: 'imaging.crashed' }, '一次付费'],
  ] as const)('is calm about %s', async (_, imaging, expected) => {
    expect(await show(imaging)).toContain(expected);
  });
});
