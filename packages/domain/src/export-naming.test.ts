import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  exportName,
  exportNameKey,
  fieldsOfNaming,
  NAMING_FIELDS,
  namingFault,
  USUAL_NAMINGS,
} from './export-naming.ts';

const FACTS = { SFZH: '99000020050101001X', XH: '2023010001', KSH: '2399000001', XM: '张·示例' };

describe('a naming pattern', () => {
  test.each(USUAL_NAMINGS)('%s can be used', (pattern) => {
    expect(namingFault(pattern)).toBeUndefined();
    expect(exportName(pattern, FACTS).ok).toBe(true);
  });

  test.each([
    ['', 'empty'],
    [`{XH}${'x'.repeat(60)}`, 'tooLong'],
    ['{XH}{phone}', 'unknownField'],
    ['{}', 'unknownField'],
    ['photo', 'noField'],
    ['{XH}/{XM}', 'characters'],
    ['{XH}:1', 'characters'],
    ['{XH', 'noField'],
    ['{XH}}', 'characters'],
  ])('%s has the fault %s', (pattern, fault) => {
    expect(namingFault(pattern)).toBe(fault);
  });

  test('names its fields once, in the order of the register', () => {
    expect(fieldsOfNaming('{XM}-{XH}-{XM}')).toEqual(['XH', 'XM']);
  });
});

describe('the name of a photo', () => {
  test('is the pattern with the person’s facts', () => {
    expect(exportName('{XM}-{XH}', FACTS)).toEqual({ ok: true, value: '张·示例-2023010001' });
    expect(exportName('BY_{SFZH}', FACTS)).toMatchObject({ value: 'BY_99000020050101001X' });
  });

  test('names the field that is missing', () => {
    expect(exportName('{XM}-{KSH}', { ...FACTS, KSH: ' ' })).toMatchObject({
      error: { code: 'publishing.fieldMissing', details: { field: '考生号' } },
    });
  });

  test.each(['a/b', 'a\\b', '..', 'a*', 'a\u0000', 'x'.repeat(200), 'a. '])(
    'is refused for %j',
    (XM) => {
      expect(exportName('{XM}', { XM })).toMatchObject({
        error: { code: 'publishing.nameUnusable' },
      });
    },
  );

  test('whatever the facts are, leads nowhere but into the archive', () => {
    const sign = fc.constantFrom(...'a张1-· ./\\:*?"<>|\u0000\u202e');
    const facts = fc.record(
      Object.fromEntries(NAMING_FIELDS.map((field) => [field, fc.string({ unit: sign })])),
    );
    fc.assert(
      fc.property(facts, fc.constantFrom(...USUAL_NAMINGS), (given, pattern) => {
        const name = exportName(pattern, given);
        if (!name.ok) return;
        expect(name.value).not.toMatch(/[\\/:*?"<>|]|^\.|[. ]$/);
      }),
    );
  });

  test('is the same for file systems that know no capitals', () => {
    expect(exportNameKey('abcX.JPG')).toBe(exportNameKey(' ABCx '));
  });
});
