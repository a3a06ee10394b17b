import { createManualClock } from '@gradshot/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../ground/clock.ts';
import { createPairing, PAIRING_LASTS_MS, type PairingEnd, WRONG_TRIES } from './pairing.ts';

function openPairing() {
  const manual = createManualClock();
  const now = () => manual.now().getTime();
  const clock: Clock = { now, monotonic: now, after: (ms, action) => manual.schedule(ms, action) };
  const ends: PairingEnd[] = [];
  const pairing = createPairing({ clock, onClosed: (why) => ends.push(why) });
  pairing.open('前台平板');
  const { code, secret } = pairing.view()!;
  return { pairing, ends, code, secret, wait: (ms: number) => manual.advance({ ms }) };
}

type Act =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'code' | 'secret' | 'wrong' };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Act>({ kind: 'wrong' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: PAIRING_LASTS_MS }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom<Act>({ kind: 'code' }, { kind: 'secret' }) },
);

describe('a pairing code', () => {
  it('pairs one tablet, within five minutes, before it was tried wrong five times, and no other', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const { pairing, code, secret, wait } = openPairing();
        let waited = 0;
        let wrong = 0;
        let used = false;
        for (const each of acts) {
          if (each.kind === 'wait') {
            waited += each.ms;
            wait(each.ms);
            continue;
          }
          const closed = used || waited >= PAIRING_LASTS_MS || wrong >= WRONG_TRIES;
          if (each.kind === 'wrong') {
            wrong += closed ? 0 : 1;
            const last = closed || wrong === WRONG_TRIES;
            expect(pairing.redeem('no such code')).toMatchObject({
              error: last
                ? { code: 'tablet.pairingClosed' }
                : { code: 'tablet.codeWrong', details: { left: WRONG_TRIES - wrong } },
            });
            continue;
          }
          const said = each.kind === 'code' ? code : secret;
          expect(pairing.redeem(said)).toMatchObject(
            closed ? { error: { code: 'tablet.pairingClosed' } } : { ok: true, value: '前台平板' },
          );
          used = true;
        }
        const open = !used && waited < PAIRING_LASTS_MS && wrong < WRONG_TRIES;
        expect(pairing.view() !== undefined).toBe(open);
      }),
    );
  });

  it('is eight digits to type, as they are read, and 128 bits in the link', () => {
    const { pairing, code, secret } = openPairing();
    expect(code).toMatch(/^\d{8}$/);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(16);
    expect(pairing.redeem(` ${code.slice(0, 4)} ${code.slice(4)} `)).toMatchObject({ ok: true });
  });

  it('is worth nothing once another was made', () => {
    const { pairing, code } = openPairing();
    pairing.open('另一台');
    expect(pairing.redeem(code)).toMatchObject({ error: { code: 'tablet.codeWrong' } });
  });

  it('ends by itself, and says why', () => {
    const timed = openPairing();
    timed.wait(PAIRING_LASTS_MS);
    expect(timed.ends).toEqual(['expired']);
    const given = openPairing();
    given.pairing.redeem(given.code);
    given.wait(PAIRING_LASTS_MS);
    expect(given.ends).toEqual(['used']);
  });
});
