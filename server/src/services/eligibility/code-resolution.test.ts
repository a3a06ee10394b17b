import { randomBytes, randomUUID } from 'node:crypto';
import { type CodePayload, fail, ok, type Result } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import { batchRow, hour, orderRow, schoolRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import type { CodeHolder } from '../../ports/eligibility/collection-code-gateway.ts';
import type { School } from '../../ports/schools/school-repository.ts';
import { tokenHash } from '../../security/tokens.ts';
import { createVault } from '../../security/vault.ts';
import { createCodeResolution } from './code-resolution.ts';
import { createHandovers } from './handovers.ts';

const MINUTE_MS = 60_000;
const PHONE = { kind: 'public' } as const;

const vault = createVault(randomBytes(32));
let storage: InMemoryStorage;
let school: School;
let now: number;
let asked: CodePayload[];
let answer: Result<CodeHolder>;
beforeEach(async () => {
  storage = createInMemoryStorage();
  school = schoolRow({ code: '10001' });
  await storage.schools.insert(school);
  now = hour(0).getTime();
  asked = [];
  answer = ok(holder());
});

const holder = (given: Partial<CodeHolder> = {}): CodeHolder => ({
  ...{ studentNumber: 'n-1', name: '欧阳小明', idNumber: '99000020040229006X' },
  ...{ schoolCode: '10001', schoolName: '示例大学', expiresAt: hour(9) },
  ...given,
});
const clock = () => new Date(now);
const resolve = (caller: CallerIdentity = PHONE, payload = 'code') => {
  const gateway = {
    resolve: async (code: CodePayload) => {
      asked.push(code);
      return answer;
    },
  };
  return createCodeResolution({ storage, vault, clock, gateway }).resolve({ payload }, caller);
};
const station = (schoolId = school.id) =>
  ({ kind: 'station', stationId: randomUUID(), schoolId }) as const;
const account = { kind: 'account', sessionId: 's', accountId: 'mine', studentIds: [] } as const;
const onlyStudent = () => {
  const [student, ...others] = storage.tables.students.values();
  if (!student || others.length > 0) throw new Error('not one student');
  return student;
};
const nothingKept = () =>
  expect([storage.tables.students.size, storage.tables.tickets.size]).toEqual([0, 0]);

describe('a 采集码', () => {
  test('is what the gateway says of it, exactly as it was scanned', async () => {
    unwrap(await resolve(PHONE, ' code\n'));
    expect(asked).toEqual([{ payload: ' code\n' }]);
    for (const code of ['code.unknown', 'code.gatewayUnavailable'] as const) {
      answer = fail(code);
      expect(await resolve()).toEqual(fail(code));
    }
    expect(storage.tables.tickets.size).toBe(1);
  });

  test('shows who it names, masked, and nothing of the four characters that are asked for', async () => {
    answer = ok(holder({ college: '文学院', major: '汉语', level: '本科', graduationYear: 2027 }));
    expect(unwrap(await resolve()).student).toEqual({
      ...{ maskedName: '欧**明', maskedIdNumber: '990***************' },
      ...{ school: school.name, college: '文学院', major: '汉语' },
      ...{ level: '本科', graduationYear: 2027 },
    });
    expect(onlyStudent()).toMatchObject({ college: '文学院', graduationYear: 2027 });
  });

  test('of which little is known shows that little', async () => {
    const { student } = unwrap(await resolve());
    expect(Object.keys(student).sort()).toEqual(['maskedIdNumber', 'maskedName', 'school']);
    expect(onlyStudent()).toMatchObject({
      ...{ college: null, major: null, level: null, graduationYear: null, schoolId: school.id },
    });
  });

  test('leaves name and number sealed, each for itself alone', async () => {
    await resolve();
    const { gatewayNumberHash: hash, nameSealed, idNumberSealed } = onlyStudent();
    expect(vault.open(nameSealed, `students.name:${hash}`)).toBe('欧阳小明');
    expect(vault.open(idNumberSealed, `students.idNumber:${hash}`)).toBe('99000020040229006X');
    expect(() => vault.open(nameSealed, `students.idNumber:${hash}`)).toThrow();
  });

  test('scanned again is the same student, as the gateway knows them now', async () => {
    await resolve();
    const before = onlyStudent();
    now += MINUTE_MS;
    answer = ok(holder({ name: '欧阳大明', major: '历史' }));
    await resolve();
    expect(onlyStudent()).toMatchObject({
      ...{ id: before.id, createdAt: before.createdAt, updatedAt: clock(), major: '历史' },
    });
    const tickets = [...storage.tables.tickets.values()];
    expect(tickets.map(({ studentId }) => studentId)).toEqual([before.id, before.id]);
  });

  test('scanned on two devices at once is one student, and both tickets are theirs', async () => {
    await Promise.all([resolve(), resolve(station())]);
    const { id } = onlyStudent();
    const tickets = [...storage.tables.tickets.values()];
    expect(tickets.map(({ studentId }) => studentId)).toEqual([id, id]);
  });

  test('names the person whom a roster names, however the number is written', async () => {
    answer = ok(holder({ idNumber: 'A123456(3)' }));
    await resolve();
    expect(onlyStudent().idNumberHash).toBe(vault.pseudonym('A1234563', 'idNumber'));
  });

  test('of a school that takes no part is refused, and nothing of it is kept', async () => {
    answer = ok(holder({ schoolCode: '10002' }));
    expect(await resolve()).toEqual(fail('eligibility.noBatch'));
    nothingKept();
  });

  test('of another school is refused at a station, with the school’s name; phones are of no school', async () => {
    const refused = await resolve(station(randomUUID()));
    expect(refused).toEqual(fail('eligibility.otherSchool', { school: school.name }));
    nothingKept();
    expect((await resolve(station())).ok).toBe(true);
    expect((await resolve(account)).ok).toBe(true);
    expect((await resolve(PHONE)).ok).toBe(true);
  });
});

describe('the ticket that it opens', () => {
  const only = () => [...storage.tables.tickets.values()];

  test('is of the one who scanned: a station, a login, or neither', async () => {
    const here = station();
    for (const caller of [here, account, PHONE]) await resolve(caller);
    expect(only().map(({ stationId, accountId }) => [stationId, accountId])).toEqual([
      ...[
        [here.stationId, null],
        [null, 'mine'],
        [null, null],
      ],
    ]);
  });

  test('lasts ten minutes, and its text is kept nowhere', async () => {
    const { ticket, expiresAt } = unwrap(await resolve());
    expect(expiresAt).toBe(new Date(now + 10 * MINUTE_MS).toISOString());
    expect(only()).toEqual([
      {
        ...{ tokenHash: tokenHash(ticket), studentId: onlyStudent().id, usedAt: null },
        ...{ stationId: null, accountId: null },
        ...{ createdAt: clock(), expiresAt: new Date(now + 10 * MINUTE_MS) },
      },
    ]);
  });
});

describe('a handover', () => {
  const create = async () => {
    await resolve();
    const student = onlyStudent();
    const order = orderRow(student, batchRow(school));
    const handovers = createHandovers({ storage, clock });
    const made = await handovers.create({ ...order, batchName: '', school: school.name });
    storage.tables.tickets.clear();
    asked = [];
    return made;
  };
  const expired = fail('handover.expired');

  test('opens its student on another client without the gateway, once', async () => {
    const { qrText, expiresAt } = await create();
    expect(expiresAt).toBe(new Date(now + 5 * MINUTE_MS).toISOString());
    expect(JSON.stringify([...storage.tables.handovers.values()])).not.toContain(
      qrText.split(':').at(-1),
    );
    const here = station();
    expect(unwrap(await resolve(here, qrText)).student).toMatchObject({
      ...{ maskedName: '欧**明', maskedIdNumber: '990***************' },
    });
    expect([...storage.tables.tickets.values()]).toMatchObject([
      { studentId: onlyStudent().id, stationId: here.stationId },
    ]);
    expect(await resolve(here, qrText)).toEqual(expired);
    expect(asked).toEqual([]);
  });

  test('scanned by two at once serves one', async () => {
    const { qrText } = await create();
    const both = await Promise.all([resolve(PHONE, qrText), resolve(station(), qrText)]);
    expect(both.filter(({ ok: served }) => served)).toHaveLength(1);
  });

  test('serves five minutes', async () => {
    const { qrText } = await create();
    now += 5 * MINUTE_MS;
    expect(await resolve(PHONE, qrText)).toEqual(expired);
    now -= 1;
    expect((await resolve(PHONE, qrText)).ok).toBe(true);
  });

  test('that nobody made is over, and the gateway is not asked about it', async () => {
    expect(await resolve(PHONE, 'gradshot:handover:x')).toEqual(expired);
    expect(asked).toEqual([]);
    await resolve(PHONE, 'x gradshot:handover:x');
    expect(asked).toEqual([{ payload: 'x gradshot:handover:x' }]);
  });

  test('leads to no station of another school', async () => {
    const { qrText } = await create();
    expect(await resolve(station(randomUUID()), qrText)).toEqual(
      fail('eligibility.otherSchool', { school: school.name }),
    );
    expect(storage.tables.tickets.size).toBe(0);
  });

  test('is not used up by a station that may not serve it', async () => {
    const { qrText } = await create();
    await resolve(station(randomUUID()), qrText);
    expect((await resolve(station(), qrText)).ok).toBe(true);
    expect(await resolve(station(), qrText)).toEqual(expired);
  });
});
