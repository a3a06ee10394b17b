// @vitest-environment jsdom
import {
  fail,
  type MachineCheckCode,
  ON_SITE_QUESTIONS,
  type OnSiteQuestion,
} from '@gradshot/domain';
import { buildCheck, buildRefusal, buildRefusedPhoto, buildReport } from '@gradshot/testkit';
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionAt } from '../../state/station-store.ts';
import {
  order,
  renderPage,
  snapshotAt,
  startStation,
  student,
  type TestStation,
} from '../../tests/test-station.tsx';
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
    accepted: (changes.report ?? buildReport()).accepted,
    ...changes,
  };
  const station = await startStation(session);
  renderPage(<JudgedPage session={session} />);
  return { ...station, session };
}

/** While the desk is open. */
async function atDesk(changes: Partial<SessionAt<'judged'>> = {}) {
  const station = await show(changes);
  station.show({ station: { ...snapshotAt(station.session).station, staffUnlocked: true } });
  return station;
}

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

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

describe('while the desk is open', () => {
  const choose = (code: OnSiteQuestion, answer: string) =>
    act(async () => {
      fireEvent.click(within(screen.getByTestId(`on-site-${code}`)).getByText(answer));
    });
  const said = (station: TestStation) =>
    station.sent.filter(({ name }) => name === 'staff.recordOnSite').map(({ payload }) => payload);

  it('staff say of each point what they see, at once', async () => {
    const station = await atDesk();
    await choose('face.person', '符合');
    await choose('accessories.glasses', '不符合');
    expect(screen.getByTestId('on-site-wrong')).toBeTruthy();
    await choose('accessories.glasses', '未看');
    expect(screen.queryByTestId('on-site-wrong')).toBeNull();
    expect(said(station)).toEqual([
      { answers: { 'face.person': 'kept' }, note: '' },
      { answers: { 'face.person': 'kept', 'accessories.glasses': 'notKept' }, note: '' },
      { answers: { 'face.person': 'kept' }, note: '' },
    ]);
  });

  it('go on from what was said before, and one press says the rest', async () => {
    const station = await atDesk({ onSite: { answers: { 'clothes.decent': 'notKept' } } });
    await act(async () => void fireEvent.click(screen.getByTestId('on-site-rest')));
    const kept = Object.fromEntries(ON_SITE_QUESTIONS.map((code) => [code, 'kept']));
    expect(said(station)).toEqual([
      { answers: { ...kept, 'clothes.decent': 'notKept' }, note: '' },
    ]);
    expect(screen.getByTestId('on-site-rest')).toHaveProperty('disabled', true);
  });

  it('what could not be written is not shown as said', async () => {
    const station = await atDesk();
    station.answer('staff.recordOnSite', fail('station.diskFull'));
    await choose('face.person', '符合');
    expect(screen.getByTestId('on-site-face.person').dataset.answer).toBe('notLooked');
    expect(screen.getByTestId('failure')).toBeTruthy();
  });

  it('the pages that follow are the graduate’s again', async () => {
    const station = await atDesk();
    await choose('face.person', '符合');
    await act(async () => void fireEvent.click(screen.getByTestId('submit')));
    expect(station.sent.map(({ name }) => name).slice(-3)).toEqual([
      'staff.recordOnSite',
      'staff.lock',
      'session.handIn',
    ]);
  });

  const write = (note: string) =>
    fireEvent.change(screen.getByTestId('on-site-note'), { target: { value: note } });

  it('a note is written when the writer pauses, or goes on', async () => {
    const station = await atDesk({ onSite: { note: '戴' } });
    vi.useFakeTimers();
    write('本人戴');
    write('本人戴义眼 ');
    expect(said(station)).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(1000));
    vi.useRealTimers();
    expect(said(station)).toEqual([{ answers: {}, note: '本人戴义眼' }]);
    write('本人佩戴义眼');
    await act(async () => void fireEvent.click(screen.getByTestId('staff-lock')));
    expect(station.sent.slice(-2)).toEqual([
      { name: 'staff.recordOnSite', payload: { answers: {}, note: '本人佩戴义眼' } },
      { name: 'staff.lock', payload: {} },
    ]);
  });

  it('a number in a note is not written, and what else is said goes on without it', async () => {
    const station = await atDesk({ onSite: { note: '戴义眼' } });
    write('电话 13800138000');
    expect(screen.getByTestId('on-site-note').closest('li')?.textContent).toContain('请删去');
    await choose('face.person', '符合');
    await act(async () => void fireEvent.click(screen.getByTestId('submit')));
    expect(said(station)).toEqual([{ answers: { 'face.person': 'kept' }, note: '戴义眼' }]);
  });

  it('nothing is asked of a photo that could not be made', async () => {
    await atDesk({ hasStandard: false });
    expect(screen.queryByTestId('on-site')).toBeNull();
  });
});

describe('a photo that the machine refused, at the desk', () => {
  const press = (testId: string) =>
    act(async () => void fireEvent.click(screen.getByTestId(testId)));
  const write = (text: string) =>
    fireEvent.change(screen.getByTestId('release-text'), { target: { value: text } });
  const disabled = () => screen.getByTestId<HTMLButtonElement>('release-now').disabled;

  it('is released for a reason, in words without numbers', async () => {
    const station = await atDesk({ report: buildRefusedPhoto('eyes.open') });
    await press('release-ask');
    expect(disabled()).toBe(true);
    await press('cause-other');
    expect(disabled()).toBe(true);
    write('电话 13800138000');
    expect(disabled()).toBe(true);
    write('天生眼小');
    await press('release-now');
    expect(station.sent.at(-1)).toEqual({
      name: 'staff.releasePhoto',
      payload: { cause: 'other', text: '天生眼小' },
    });
    expect(screen.queryByTestId('release-dialog')).toBeNull();
  });

  it('cannot be released from what no eye can judge, and says from what', async () => {
    await atDesk({ report: buildRefusedPhoto('eyes.open', 'picture.sharpness') });
    expect(screen.getByTestId('release-never').textContent).toContain('清晰度');
    expect(screen.queryByTestId('release-ask')).toBeNull();
  });

  it('once released, is handed in like every other, and its reason may be mended', async () => {
    const at = '2026-11-23T01:00:00.000Z';
    const release = { checks: ['eyes.open'], cause: 'health', text: '面瘫', at } as const;
    const report = buildRefusedPhoto('eyes.open');
    await atDesk({ report, accepted: true, onSite: { release } });
    expect(screen.getByTestId('verdict').dataset.kind).toBe('released');
    expect(screen.getByTestId('release').textContent).toContain('身体原因，无法做到 · 面瘫');
    expect(screen.getByTestId('submit')).toBeTruthy();
    await press('release-ask');
    expect(screen.getByTestId<HTMLTextAreaElement>('release-text').value).toBe('面瘫');
  });
});

it('a graduate is shown nothing of the desk', async () => {
  await show({});
  expect(screen.queryByTestId('on-site')).toBeNull();
  expect(screen.queryByTestId('staff-lock')).toBeNull();
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
