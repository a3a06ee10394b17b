import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schoolRow, studentRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { createVault } from '../../security/vault.ts';
import { keyMissing, lastFourKey, nameKey, nameParts, searchKeysOf } from './search-keys.ts';

describe('what a person is found by', () => {
  it.each([
    ['王小明', ['王', '王小', '王小明', '小明']],
    ['欧阳娜', ['欧', '欧阳', '欧阳娜', '阳娜']],
    ['古丽·买买提', ['古丽', '买买提', '丽·买买提']],
    ['Anna Müller', ['AN', 'ANNA', 'MÜLLER', 'ANNA MÜLLER']],
    ['李', ['李']],
  ])('%s: %j', (name, parts) => expect(nameParts(name)).toEqual(expect.arrayContaining(parts)));

  it('no single character but the surname', () => {
    expect(nameParts('王小明')).not.toContain('小');
    expect(nameParts('王小明')).not.toContain('明');
  });

  it('any part of two characters and more finds a Chinese name, and nothing else does', () => {
    const vault = createVault(randomBytes(32));
    const name = fc.array(fc.constantFrom(...'王小明李娜欧阳'), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(name, fc.nat(4), fc.nat(4), (letters, from, length) => {
        const keys = searchKeysOf(vault, {
          name: letters.join(''),
          idNumber: '11010120040307927X',
        });
        const part = letters.slice(from, from + length + 2).join('');
        if (part.length > 1) expect(keys).toContain(nameKey(vault, part));
        expect(keys).not.toContain(nameKey(vault, '赵钱'));
        expect(keys).toContain(lastFourKey(vault, '927x'));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('of a number with brackets the last four are those that are asked for', () => {
    const vault = createVault(randomBytes(32));
    const keys = searchKeysOf(vault, { name: '陈', idNumber: 'A123456(7)' });
    expect(keys).toContain(lastFourKey(vault, '4567'));
  });

  it('a digest tells nothing without the key', () => {
    const [one, other] = [randomBytes(32), randomBytes(32)].map((secret) => createVault(secret));
    expect(nameKey(one!, '王')).not.toBe(nameKey(other!, '王'));
  });
});

describe('students of before', () => {
  const vault = createVault(randomBytes(32));
  const saved = async (storage: InMemoryStorage, number: string, sealedBy = vault) => {
    const student = studentRow(schoolRow(), {
      id: randomUUID(),
      gatewayNumberHash: number,
      nameSealed: sealedBy.seal('王小明', `students.name:${number}`),
      idNumberSealed: sealedBy.seal('11010120040307927X', `students.idNumber:${number}`),
    });
    return storage.students.save(student);
  };

  it('get their keys once; one that cannot be opened is told and holds up nobody', async () => {
    const storage = createInMemoryStorage();
    const lost = await saved(storage, 'g1', createVault(randomBytes(32)));
    const found = await saved(storage, 'g2');
    const told: object[] = [];
    const log = { error: (facts: object) => void told.push(facts) } as never;
    expect(await keyMissing({ storage, vault, log }, 10)).toBe(2);
    expect(storage.tables.searchKeys.get(found)).toContain(nameKey(vault, '小明'));
    expect(told).toEqual([{ studentId: lost }]);
    expect(await keyMissing({ storage, vault, log }, 10)).toBe(0);
  });
});
