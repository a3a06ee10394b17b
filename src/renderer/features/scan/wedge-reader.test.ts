import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWedgeReader } from './wedge-reader.ts';

/** Types `keys` with that many milliseconds between two of them; what was completed. */
function type(keys: readonly string[], pauseMs: number) {
  const reader = createWedgeReader();
  return keys.map((key, index) => reader.press(key, index * pauseMs)).filter(({ text }) => text);
}

const code = fc.stringMatching(/^[!-~]{6,200}$/);

describe('a hand scanner', () => {
  it('is heard whatever the code is, whether it ends with Enter or Tab', () => {
    fc.assert(
      fc.property(
        code,
        fc.constantFrom('Enter', 'Tab'),
        fc.integer({ min: 0, max: 60 }),
        (text, end, pause) => {
          expect(type([...text, end], pause)).toEqual([{ text, consumed: true }]);
        },
      ),
    );
  });

  it('is heard when it sends Shift before capitals', () => {
    const keys = [...'AbCd1234'].flatMap((key) => (/[A-Z]/.test(key) ? ['Shift', key] : [key]));
    expect(type([...keys, 'Enter'], 10)).toEqual([{ text: 'AbCd1234', consumed: true }]);
  });

  it('is not confused by what a person typed before', () => {
    const reader = createWedgeReader();
    reader.press('9', 0);
    for (const [index, key] of [...'ABC12345'].entries()) reader.press(key, 1000 + index * 5);
    expect(reader.press('Enter', 1045).text).toBe('ABC12345');
  });
});

describe('a hand scanner that cannot type the code', () => {
  const press = (keys: readonly (readonly [string, boolean?])[]) => {
    const reader = createWedgeReader();
    return keys.map(([key, control], index) => reader.press(key, index * 10, control)).at(-1);
  };
  const typed = [...'ABC12345'].map((key) => [key] as const);

  it.each(['Process', 'Unidentified', 'Dead', 'F7', 'Control'])(
    'says so when %s was among its keys, and hands no part of it over',
    (key) => {
      expect(press([...typed, [key], ...typed, ['Enter']])).toEqual({
        broken: true,
        consumed: true,
      });
    },
  );

  it('says so when it stood for a control character', () => {
    expect(press([...typed, [']', true], ...typed, ['Enter']])).toMatchObject({ broken: true });
  });

  it('says so when an input method took all of it', () => {
    expect(press([...typed.map(() => ['Process'] as const), ['Enter']])).toMatchObject({
      broken: true,
    });
  });

  it('is heard with its next code', () => {
    const reader = createWedgeReader();
    for (const [index, key] of ['Process', ...'ABC12345', 'Enter'].entries())
      reader.press(key, index * 10);
    for (const [index, key] of [...'ABC12345'].entries()) reader.press(key, 1000 + index * 10);
    expect(reader.press('Enter', 1080)).toEqual({ text: 'ABC12345', consumed: true });
  });
});

describe('a person', () => {
  it('is never taken for a scanner', () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 61, max: 2000 }), (text, pause) => {
        expect(type([...text, 'Enter'], pause)).toEqual([]);
      }),
    );
  });

  it('may press Enter on a button', () => {
    expect(createWedgeReader().press('Enter', 0)).toEqual({ consumed: false });
  });
});
