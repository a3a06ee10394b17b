import { HANDOVER_PREFIX, type RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { StudentRecord, StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { School, SchoolRows } from '../../ports/schools/school-repository.ts';
import { newToken, tokenHash } from '../../security/tokens.ts';

type Needs = Stored<AccountRows & StudentRows> & {
  readonly clock: Clock;
};

const VALID_MINUTES = 5;

export type Handovers = {
  /** A QR text that opens the order's student on another client, after the last four characters. */
  create(order: OrderView): Promise<RouteOutput<'createHandover'>>;
};

export function createHandovers({ storage, clock }: Needs): Handovers {
  return {
    async create(order) {
      const token = newToken();
      const createdAt = clock();
      const expiresAt = new Date(createdAt.getTime() + VALID_MINUTES * 60_000);
      await storage.accounts.insertHandover({
        tokenHash: tokenHash(token),
        studentId: order.studentId,
        createdAt,
        expiresAt,
        usedAt: null,
      });
      return { qrText: `${HANDOVER_PREFIX}${token}`, expiresAt: expiresAt.toISOString() };
    },
  };
}

export const isHandover = (payload: string) => payload.startsWith(HANDOVER_PREFIX);

/**
 * The student that a handover stands for, with the school; it serves once, and whoever is not admitted
 * does not use it up. Failures: `handover.expired`, and what `admits` refuses by.
 */
export function takeHandover(
  { storage, clock }: Stored<AccountRows & SchoolRows & StudentRows> & { readonly clock: Clock },
  payload: string,
  admits: (school: School | undefined) => Result<School>,
): Promise<Result<{ readonly student: StudentRecord; readonly school: School }>> {
  const now = clock();
  const hash = tokenHash(payload.slice(HANDOVER_PREFIX.length));
  return storage.transaction(async ({ accounts, schools, students }) => {
    const handover = await accounts.lockHandover(hash);
    if (!handover || handover.usedAt || handover.expiresAt <= now) return fail('handover.expired');
    const student = await students.find(handover.studentId);
    if (!student) throw new Error('a handover without its student');
    const school = admits(await schools.find(student.schoolId));
    if (!school.ok) return school;
    await accounts.useHandover(hash, now);
    return ok({ student, school: school.value });
  });
}
