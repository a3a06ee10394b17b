import { lastFourOf, normaliseLastFour } from '@gradshot/domain';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createManualClock } from '../../manual-clock.ts';
import { createCodeDesk } from './code-desk.ts';
import { type GatewaySimulator, startGatewaySimulator } from './gateway-simulator.ts';
import { impossibleHongKongId, withCheckCharacter } from './id-number.ts';
import { SAMPLE_STUDENTS } from './sample-students.ts';

const clock = createManualClock();

describe('sample students', () => {
  it('have different numbers and different last four characters, one of them X', () => {
    const distinct = (pick: (student: (typeof SAMPLE_STUDENTS)[number]) => string) =>
      new Set(SAMPLE_STUDENTS.map(pick)).size;
    expect(distinct(({ studentNumber }) => studentNumber)).toBe(SAMPLE_STUDENTS.length);
    expect(distinct(({ idNumber }) => lastFourOf(idNumber))).toBe(SAMPLE_STUDENTS.length);
    expect(SAMPLE_STUDENTS.some(({ idNumber }) => idNumber.endsWith('X'))).toBe(true);
  });

  it('have ID numbers of areas that do not exist, with the right check character', () => {
    for (const { idNumber } of SAMPLE_STUDENTS) {
      if (idNumber.startsWith('Z')) expect(idNumber).toMatch(/^Z0000\d\d\([\dA]\)$/);
      else {
        expect(idNumber).toMatch(/^990000\d{11}[\dX]$/);
        expect(withCheckCharacter(idNumber.slice(0, 17))).toBe(idNumber);
      }
      expect(normaliseLastFour(lastFourOf(idNumber)).ok).toBe(true);
    }
  });

  it('computes check characters as the standards say', () => {
    // The worked example of GB 11643-1999.
    expect(withCheckCharacter('11010519491231002')).toBe('11010519491231002X');
    expect(() => withCheckCharacter('1234')).toThrow();
    expect(impossibleHongKongId(1)).toBe('Z000001(A)');
  });
});

describe('codes', () => {
  const desk = (seed: string, now = clock.now) => createCodeDesk({ seed, now });
  const number = SAMPLE_STUDENTS[0]?.studentNumber ?? '';

  it('are the same for one seed and one hour, and foreign to another seed', () => {
    expect(desk('a').issue(number)).toBe(desk('a').issue(number));
    expect(desk('a').issue(number)).not.toBe(desk('b').issue(number));
    const payload = desk('a').issue(number) ?? '';
    expect(desk('b').resolve({ payload })).toMatchObject({ error: 'forged' });
  });

  it('break when any character is changed', () => {
    const payload = desk('a').issue(number) ?? '';
    fc.assert(
      fc.property(
        fc.nat({ max: payload.length - 1 }),
        fc.constantFrom('A', 'b', '9'),
        (at, other) => {
          fc.pre(payload[at] !== other);
          const changed = payload.slice(0, at) + other + payload.slice(at + 1);
          expect(desk('a').resolve({ payload: changed }).ok).toBe(false);
        },
      ),
    );
  });
});

it('compares the very code: nothing is trimmed, completed or forgiven', () => {
  const desk = createCodeDesk({ seed: 'a', now: clock.now });
  const payload = desk.issue(SAMPLE_STUDENTS[0]?.studentNumber ?? '') ?? '';
  const bytes = Buffer.from(payload, 'base64url');
  expect(desk.resolve({ payload }).ok).toBe(true);
  expect(desk.resolve({ payloadBase64: bytes.toString('base64') }).ok).toBe(true);
  for (const other of [` ${payload}`, `${payload}\n`, `\ufeff${payload}`, `${payload}==`])
    expect(desk.resolve({ payload: other })).toMatchObject({ error: 'not_a_collection_code' });
  for (const other of [bytes.subarray(1), bytes.subarray(0, 5), Buffer.from([...bytes, 0])])
    expect(desk.resolve({ payloadBase64: other.toString('base64') }).ok).toBe(false);
});

describe('the simulator over HTTP', () => {
  let simulator: GatewaySimulator;
  beforeAll(async () => {
    simulator = await startGatewaySimulator({ now: clock.now });
  });
  afterAll(() => simulator.close());

  it('shows every student and every code on a phone page that says 演示', async () => {
    const list = await fetch(simulator.url).then((response) => response.text());
    expect(list).toContain('演示');
    for (const { name, studentNumber } of simulator.students) {
      expect(list).toContain(name);
      const page = await fetch(`${simulator.url}/codes/${studentNumber}?kind=expired`);
      expect(await page.text()).toContain('已过期码');
      const png = await fetch(`${simulator.url}/codes/${studentNumber}/code.png?scale=4`);
      expect(png.headers.get('content-type')).toBe('image/png');
    }
    expect((await fetch(`${simulator.url}/codes/1`)).status).toBe(404);
  });

  it('issues codes to tests', async () => {
    const { studentNumber = '' } = simulator.students[1] ?? {};
    const issue = (body: object) =>
      fetch(`${simulator.url}/sim/codes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const answer = (await (await issue({ studentNumber })).json()) as { payload: string };
    expect(answer.payload).toBe(simulator.issueCode(studentNumber));
    expect((await issue({ studentNumber: '1' })).status).toBe(404);
    expect((await issue({})).status).toBe(400);
  });

  it('refuses callers without the agency’s signature', async () => {
    const response = await fetch(`${simulator.url}/v1/collection-codes/resolve`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-nonce': 'n'.repeat(16) },
      body: JSON.stringify({ payload: 'x' }),
    });
    expect(response.status).toBe(401);
    expect(response.headers.has('x-signature')).toBe(false);
  });
});
