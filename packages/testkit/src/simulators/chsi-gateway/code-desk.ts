import { type CodePayload, maskIdNumber, maskName } from '@gradshot/domain';
import { SAMPLE_STUDENTS, type SampleStudent } from './sample-students.ts';
import { type CodeContent, createCodeSealer } from './sealed-code.ts';

/** - `unknown`: genuine, but for a student who is not in the register. - `forged`: a look-alike. */
export const CODE_KINDS = ['valid', 'expired', 'unknown', 'forged'] as const;
export type CodeKind = (typeof CODE_KINDS)[number];

export type CodeAnswer =
  | { readonly ok: true; readonly student: SampleStudent; readonly expiresAt: Date }
  | {
      readonly ok: false;
      readonly error: 'not_a_collection_code' | 'forged' | 'unknown_code' | 'expired_code';
    };

/** Issues and resolves codes of one register. */
export type CodeDesk = {
  readonly students: readonly SampleStudent[];
  /** Undefined for a student who is not in the register. */
  issue(studentNumber: string, kind?: CodeKind): string | undefined;
  /** Compares the very code: a blank more or a byte less is another one. */
  resolve(code: CodePayload): CodeAnswer;
};

const HOUR_S = 3600;
const VALID_FOR_S = 30 * 24 * HOUR_S;

type Options = {
  readonly seed: string;
  readonly now: () => Date;
  readonly students?: readonly SampleStudent[];
};

export function createCodeDesk({ seed, now, students = SAMPLE_STUDENTS }: Options): CodeDesk {
  const sealer = createCodeSealer(seed);
  const byNumber = new Map(students.map((student) => [student.studentNumber, student]));
  return {
    students,
    issue(studentNumber, kind = 'valid') {
      const student = byNumber.get(studentNumber);
      if (!student) return undefined;
      const payload = sealer.seal(contentOf(student, kind, now()));
      return kind === 'forged' ? spoil(payload) : payload;
    },
    resolve(code) {
      const opened = sealer.open(code);
      if (opened.kind === 'foreign') return { ok: false, error: 'not_a_collection_code' };
      if (opened.kind === 'forged') return { ok: false, error: 'forged' };
      const student = byNumber.get(opened.content.studentNumber);
      if (!student) return { ok: false, error: 'unknown_code' };
      const expiresAt = new Date(opened.content.expiresAt * 1000);
      if (expiresAt <= now()) return { ok: false, error: 'expired_code' };
      return { ok: true, student, expiresAt };
    },
  };
}

function contentOf(student: SampleStudent, kind: CodeKind, now: Date): CodeContent {
  // Whole hours, so that a page shows the same code again within the hour.
  const hour = Math.floor(now.getTime() / 1000 / HOUR_S) * HOUR_S;
  const issuedAt = kind === 'expired' ? hour - VALID_FOR_S - HOUR_S : hour;
  return {
    studentNumber:
      kind === 'unknown' ? `0${student.studentNumber.slice(1)}` : student.studentNumber,
    maskedName: maskName(student.name),
    maskedIdNumber: maskIdNumber(student.idNumber),
    schoolCode: student.schoolCode,
    issuedAt,
    expiresAt: issuedAt + VALID_FOR_S,
  };
}

/** Changes one character in the sealed middle: the form stays right, the seal breaks. */
function spoil(payload: string): string {
  const at = Math.floor(payload.length / 2);
  return `${payload.slice(0, at)}${payload[at] === 'A' ? 'B' : 'A'}${payload.slice(at + 1)}`;
}
