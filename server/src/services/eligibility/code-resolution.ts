import { randomUUID } from 'node:crypto';
import type { RouteOutput } from '@gradshot/contract';
import {
  type CodePayload,
  codeOfBytes,
  fail,
  hideLastFour,
  maskIdNumber,
  maskName,
  ok,
  type Result,
} from '@gradshot/domain';
import type { CallerIdentity } from '../../ports/access/caller.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type {
  CodeHolder,
  CollectionCodeGateway,
} from '../../ports/eligibility/collection-code-gateway.ts';
import type { EligibilityRows } from '../../ports/eligibility/eligibility-repository.ts';
import type { StudentRecord, StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { School, SchoolRows } from '../../ports/schools/school-repository.ts';
import { newToken, tokenHash } from '../../security/tokens.ts';
import { studentOf } from '../order-life/order-view.ts';
import { isHandover, takeHandover } from './handovers.ts';
import { idNumberKey } from './id-number.ts';
import { personIdOf } from './person-id.ts';
import { searchKeysOf } from './search-keys.ts';

type Asking = {
  readonly clock: Clock;
  readonly gateway: CollectionCodeGateway;
  readonly vault: Vault;
};
type HolderNeeds = Stored<SchoolRows & StudentRows> & Asking;
type Needs = Stored<AccountRows & EligibilityRows & SchoolRows & StudentRows> & Asking;

/** Time to type four characters, with a queue behind. */
const TICKET_MINUTES = 10;

export type CodeResolution = {
  /** Asks the gateway about a 采集码 and opens a ticket for the last four characters. */
  resolve(code: CodePayload, caller: CallerIdentity): Promise<Result<RouteOutput<'resolveCode'>>>;
};

export function createCodeResolution(environment: Needs): CodeResolution {
  return {
    async resolve(sent, caller) {
      const code = asEveryClient(sent);
      return 'payload' in code && isHandover(code.payload)
        ? resolveHandover(environment, code.payload, caller)
        : resolveCode(environment, code, caller);
    },
  };
}

/** Text that was sent as bytes is text: one code has one form, whoever read it. */
function asEveryClient(code: CodePayload): CodePayload {
  return 'payload' in code ? code : codeOfBytes(Buffer.from(code.payloadBase64, 'base64'));
}

type Resolved = Result<RouteOutput<'resolveCode'>>;

async function resolveCode(
  environment: Needs,
  code: CodePayload,
  caller: CallerIdentity,
): Promise<Resolved> {
  const found = await findHolder(environment, code, caller);
  if (!found.ok) return found;
  const { student, school } = found.value;
  return ok(await openTicket(environment, student, school, caller));
}

type Holder = { readonly student: StudentRecord; readonly school: School };

/** Whose code it is, by the gateway's word alone; never the code of another client's screen. */
export async function findHolder(
  environment: HolderNeeds,
  code: CodePayload,
  caller: CallerIdentity,
): Promise<Result<Holder>> {
  const holder = await environment.gateway.resolve(asEveryClient(code));
  if (!holder.ok) return holder;
  const found = await environment.storage.schools.findByCode(holder.value.schoolCode);
  const school = admitted(found, caller);
  if (!school.ok) return school;
  const student = await saveStudent(environment, holder.value, school.value);
  return ok({ student, school: school.value });
}

/** The order goes on at another client: the gateway has confirmed this student before. */
async function resolveHandover(
  environment: Needs,
  payload: string,
  caller: CallerIdentity,
): Promise<Resolved> {
  const taken = await takeHandover(environment, payload, (school) => admitted(school, caller));
  if (!taken.ok) return taken;
  return ok(await openTicket(environment, taken.value.student, taken.value.school, caller));
}

function admitted(school: School | undefined, caller: CallerIdentity): Result<School> {
  if (!school) return fail('eligibility.noBatch');
  if (caller.kind === 'station' && caller.schoolId !== school.id)
    return fail('eligibility.otherSchool', { school: school.name });
  return ok(school);
}

async function saveStudent(
  { storage, vault, clock }: HolderNeeds,
  holder: CodeHolder,
  school: School,
): Promise<StudentRecord> {
  const gatewayNumberHash = vault.pseudonym(holder.studentNumber, 'gatewayNumber');
  const now = clock();
  const student: StudentRecord = {
    id: randomUUID(),
    schoolId: school.id,
    gatewayNumberHash,
    idNumberHash: vault.pseudonym(idNumberKey(holder.idNumber), 'idNumber'),
    nameSealed: vault.seal(holder.name, `students.name:${gatewayNumberHash}`),
    idNumberSealed: vault.seal(holder.idNumber, `students.idNumber:${gatewayNumberHash}`),
    maskedName: maskName(holder.name),
    maskedIdNumber: maskIdNumber(holder.idNumber),
    college: holder.college ?? null,
    major: holder.major ?? null,
    level: holder.level ?? null,
    graduationYear: holder.graduationYear ?? null,
    createdAt: now,
    updatedAt: now,
  };
  const keys = searchKeysOf(vault, holder);
  return storage.transaction(async ({ students }) => {
    // Of a known student, also one whom another device has just met, the row that stands has the id.
    const id = await students.save(student);
    await students.replaceSearchKeys(id, keys);
    return { ...student, id };
  });
}

async function openTicket(
  { storage, clock, vault }: Needs,
  student: StudentRecord,
  school: School,
  caller: CallerIdentity,
): Promise<RouteOutput<'resolveCode'>> {
  const ticket = newToken();
  const now = clock();
  const expiresAt = new Date(now.getTime() + TICKET_MINUTES * 60_000);
  await storage.eligibility.insertTicket({
    tokenHash: tokenHash(ticket),
    studentId: student.id,
    stationId: caller.kind === 'station' ? caller.stationId : null,
    accountId: caller.kind === 'account' ? caller.accountId : null,
    createdAt: now,
    expiresAt,
    usedAt: null,
  });
  const { studentId: _hidden, ...shown } = studentOf(student, school.name);
  // The last four are the answer that is asked for next: whoever holds a code must not read it here.
  const maskedIdNumber = hideLastFour(shown.maskedIdNumber);
  return {
    ...{ ticket, expiresAt: expiresAt.toISOString(), student: { ...shown, maskedIdNumber } },
    ...(caller.kind === 'station'
      ? { personId: personIdOf(vault, school.id, student.idNumberHash) }
      : {}),
  };
}
