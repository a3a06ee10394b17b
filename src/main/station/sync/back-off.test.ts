import { ERROR_CODES, isRetryable } from '@gradshot/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TIMING as timing } from '../ground/timing.ts';
import { afterFailure, pause } from './back-off.ts';

const verdict = (code: (typeof ERROR_CODES)[number], attempts: number, seconds?: number) =>
  afterFailure(seconds ? { code, details: { seconds } } : { code }, attempts, timing, () => 0.5);

describe('the pause after a failure', () => {
  it('grows to the cap and never beyond, and is never nothing', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (n, x) => {
          const ms = pause(n, timing, () => x);
          expect(ms).toBeGreaterThanOrEqual(timing.backoffBaseMs / 2);
          expect(ms).toBeLessThanOrEqual(timing.backoffCapMs);
          expect(Number.isInteger(ms)).toBe(true);
        },
      ),
    );
    expect(pause(5, timing, () => 0)).toBeGreaterThan(pause(1, timing, () => 0));
  });

  it('doubles, and half of it is left to chance', () => {
    const { backoffBaseMs: base, backoffCapMs: cap } = timing;
    expect([0, 1, 2].map((n) => pause(n, timing, () => 0))).toEqual([base / 2, base, base * 2]);
    expect([0, 1, 2].map((n) => pause(n, timing, () => 0.5))).toEqual([
      base * 0.75,
      base * 1.5,
      base * 3,
    ]);
    expect(pause(30, timing, () => 0.5)).toBe(cap * 0.75);
    expect(pause(5000, timing, () => 0.5)).toBe(cap * 0.75);
  });

  it('is as long as the server asks for', () => {
    expect(verdict('request.tooMany', 0, 90)).toMatchObject({ retryInMs: 90_000 });
    const ordinary = pause(3, timing, () => 0.5);
    expect(verdict('request.tooMany', 3, 1)).toEqual({ retryInMs: ordinary });
    expect(verdict('request.tooMany', 3)).toEqual({ retryInMs: ordinary });
  });
});

describe('a delivery', () => {
  it('is never parked for want of a network or of an enrolment', () => {
    for (const code of [
      'network.unreachable',
      'network.timeout',
      'station.notEnrolled',
      'auth.required',
    ] as const)
      expect(verdict(code, 10_000)).not.toBe('park');
  });

  it('that cannot succeed by itself is parked at once', () => {
    const hopeless = ERROR_CODES.filter((code) => !isRetryable(code));
    const spared = [
      'station.notEnrolled',
      'auth.required',
      'photo.digestMismatch',
      'photo.notFound',
    ];
    for (const code of hopeless.filter((x) => !spared.includes(x)))
      expect(verdict(code, 0)).toBe('park');
  });

  it('that keeps failing is parked in the end', () => {
    expect(verdict('server.internal', 18)).not.toBe('park');
    expect(verdict('server.internal', 19)).toBe('park');
    for (const code of ['photo.digestMismatch', 'photo.notFound'] as const) {
      expect(verdict(code, 1)).not.toBe('park');
      expect(verdict(code, 2)).toBe('park');
    }
  });
});
