import { buildCheck } from '@gradshot/testkit';
import { describe, expect, it } from 'vitest';
import { firstToShow, limitText, measure, sortChecks } from './sort-checks.ts';

const hint = { x: 0, y: 0, width: 1, height: 1 };

describe('the checks', () => {
  it('are parted by level and keep the engine’s order', () => {
    const checks = [
      buildCheck('eyes.open', { level: 'warn' }),
      buildCheck('pose.roll', { level: 'fail' }),
      buildCheck('wall.plain'),
      buildCheck('mouth.closed', { level: 'fail' }),
    ];
    const { fail, warn, pass } = sortChecks(checks);
    expect([fail, warn, pass].map((group) => group.map(({ code }) => code))).toEqual([
      ['pose.roll', 'mouth.closed'],
      ['eyes.open'],
      ['wall.plain'],
    ]);
  });

  it('point first at the worst that has a place on the picture', () => {
    const sorted = sortChecks([
      buildCheck('eyes.open', { level: 'warn', hint }),
      buildCheck('pose.roll', { level: 'fail' }),
      buildCheck('mouth.closed', { level: 'fail', hint }),
    ]);
    expect(firstToShow(sorted)?.code).toBe('mouth.closed');
    expect(firstToShow(sortChecks([buildCheck('pose.roll', { level: 'fail' })]))).toBeUndefined();
  });
});

describe('measured values', () => {
  it.each([
    [12.3456, '°', '12.3°'],
    [62.04, '%', '62%'],
    [0.1432, '', '0.143'],
    [1204.6, 'px', '1205 px'],
    [35.249, 'KB', '35.2 KB'],
    [2, 'faces', '2'],
  ])('%d in %s reads %s', (value, unit, text) => {
    expect(measure(value, unit)).toBe(text);
  });

  it('say on which side of the limit they should be', () => {
    expect(limitText(buildCheck('pose.roll', { value: 9, limit: 8 }))).toBe('≤ 8°');
    expect(limitText(buildCheck('eyes.open', { value: 0.1, limit: 0.18 }))).toBe('≥ 0.18');
    expect(limitText(buildCheck('frame.hairTop', { value: 9, limit: [50, 110] }))).toBe(
      '50–110 px',
    );
    expect(limitText(buildCheck('wall.plain', { value: 9, limit: null }))).toBeUndefined();
  });
});
