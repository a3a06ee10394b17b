// @vitest-environment jsdom
import type { MachineCheckCode } from '@gradshot/domain';
import { buildCheck, buildRefusal, buildReport } from '@gradshot/testkit';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SessionAt } from '../../state/station-store.ts';
import { order, renderPage, startStation, student } from '../../tests/test-station.tsx';
import { JudgedPage } from './judged-page.tsx';

const shot = {
  photoId: '0b9f6d3e-52cc-4f59-8d1c-94c6f2d6a001',
  width: 4000,
  height: 3000,
  capturedAt: '2026-11-23T01:00:00.000Z',
};

async function show(changes: Partial<SessionAt<'judged'>>) {
  const session: SessionAt<'judged'> = {
    step: 'judged',
    student,
    order: order({ state: 'pendingSubmission' }),
    shot,
    report: buildReport(),
    hasStandard: true,
    ...changes,
  };
  const station = await startStation(session);
  renderPage(<JudgedPage session={session} />);
  return station;
}

afterEach(cleanup);

describe('an accepted photo', () => {
  it('is submitted by the primary action and may be taken again', async () => {
    const station = await show({});
    fireEvent.click(screen.getByTestId('submit'));
    expect(station.sent.map(({ name }) => name)).toContain('session.handIn');
    expect(screen.getByTestId('retake')).toBeTruthy();
  });
});

describe('the verdict', () => {
  const verdict = () => screen.getByTestId('verdict');
  const warned = (code: MachineCheckCode) => ({
    report: { ...buildReport(), checks: [buildCheck(code, { level: 'warn', zh: `改善 ${code}` })] },
  });

  it('is one, and says what no machine has measured', async () => {
    await show({});
    expect(verdict().dataset.kind).toBe('good');
    expect(verdict().textContent).toContain('双耳');
    expect(screen.queryByTestId('checks')).toBeNull();
  });

  it('asks for another shot where that would mend a warning', async () => {
    await show(warned('pose.roll'));
    expect(verdict().dataset.kind).toBe('better');
    expect(screen.getByTestId('advice').textContent).toBe('改善 pose.roll');
  });

  it('makes nothing of a warning that another shot would repeat', async () => {
    await show(warned('wall.plain'));
    expect(verdict().dataset.kind).toBe('good');
    expect(screen.queryByTestId('advice')).toBeNull();
  });
});

describe('a refused photo', () => {
  it('cannot be submitted and says why in front', async () => {
    const station = await show({ report: buildRefusal('clothes.blue') });
    expect(screen.queryByTestId('submit')).toBeNull();
    expect(screen.getByTestId('verdict').dataset.kind).toBe('refused');
    fireEvent.click(screen.getByTestId('unfold-checks'));
    expect(screen.getByTestId('checks').textContent).toContain('需要修改 1 项');
    fireEvent.click(screen.getByTestId('retake'));
    expect(station.sent.map(({ name }) => name)).toContain('session.retake');
  });

  it('has the place of the chosen check on the original', async () => {
    const hint = { x: 0.25, y: 0.5, width: 0.5, height: 0.25 };
    await show({
      report: {
        ...buildRefusal('clothes.blue'),
        checks: [
          buildCheck('eyes.open', { level: 'warn' }),
          buildCheck('clothes.blue', { level: 'fail', hint }),
        ],
      },
    });
    const box = screen.getByTestId('hinted-original').querySelector('[data-chosen=true]');
    expect(box?.getAttribute('style')).toBe('left: 25%; top: 50%; width: 50%; height: 25%;');
  });

  it('says so when nothing could be made or measured at all', async () => {
    const reason = { code: 'imaging.noFace', zh: '没有找到人脸', en: 'No face' };
    await show({
      hasStandard: false,
      report: { ...buildRefusal('face.count'), checks: [], reason },
    });
    expect(screen.getByTestId('refusal-reason').textContent).toContain('没有找到人脸');
    fireEvent.click(screen.getByText('标准照'));
    expect(screen.getByTestId('empty').textContent).toContain('没有制作出标准照');
  });
});
