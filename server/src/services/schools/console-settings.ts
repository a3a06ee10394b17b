import { randomUUID } from 'node:crypto';
import type { Batch, RouteOutput, StationSettings } from '@gradshot/contract';
import { fail, findPhotoProfile, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { BatchView, DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import { NO_END } from '../../ports/photos/retention.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { agencyContact, ownCustomerService } from './customer-service.ts';

type Needs = Stored<DeskRows & SchoolRows> & {
  readonly clock: Clock;
};

type CustomerService = StationSettings['customerService'];

export type BatchChange = {
  readonly schoolCode: string;
  readonly name: string;
  readonly priceFen: number;
  readonly profileId: string;
  readonly opensAt: string;
  /** Null: no end. */
  readonly closesAt: string | null;
};

export type ConsoleSettings = {
  batches(caller: StaffCaller): Promise<RouteOutput<'listBatches'>>;
  /** Failures: `request.notFound` (school), `request.invalid` (profile, window, other school). */
  saveBatch(batchId: string, change: BatchChange): Promise<Result<Batch>>;
  saveSchool(code: string, name: string): Promise<RouteOutput<'saveSchool'>>;
  /** Of a school alone, or of the agency. Failure: `request.notFound` (school). */
  customerService(schoolCode: string | undefined): Promise<Result<CustomerService>>;
  saveCustomerService(
    schoolCode: string | undefined,
    service: CustomerService,
  ): Promise<Result<CustomerService>>;
};

export function createConsoleSettings(environment: Needs): ConsoleSettings {
  const { storage, clock } = environment;
  return {
    async batches(caller) {
      const schools = await storage.desk.schools(caller.schools);
      return {
        batches: (await storage.desk.batches(caller.schools)).map(batchOf),
        schools: schools.map(({ code, name }) => ({ code, name })),
      };
    },
    saveBatch: (batchId, change) => saveBatch(environment, batchId, change),
    async saveSchool(code, name) {
      const { phone, hours } = await agencyContact(storage);
      await storage.desk.saveSchool({
        id: randomUUID(),
        code,
        name,
        phone,
        hours,
        createdAt: clock(),
      });
      return { code, name };
    },
    async customerService(schoolCode) {
      const school = schoolCode ? await storage.schools.findByCode(schoolCode) : undefined;
      if (schoolCode && !school) return fail('request.notFound');
      return ok(await ownCustomerService(environment, school));
    },
    async saveCustomerService(schoolCode, { phone, hours, faq }) {
      const school = schoolCode ? await storage.schools.findByCode(schoolCode) : undefined;
      if (schoolCode && !school) return fail('request.notFound');
      const schoolId = school?.id ?? null;
      await storage.transaction(async ({ desk }) => {
        await desk.saveContact(schoolId, { phone, hours });
        await desk.replaceFaq(
          schoolId,
          faq.map((entry, position) => ({ id: randomUUID(), schoolId, position, ...entry })),
        );
      });
      return ok({ phone, hours, faq });
    },
  };
}

function batchOf(batch: BatchView): Batch {
  return {
    batchId: batch.id,
    name: batch.name,
    school: batch.school,
    schoolCode: batch.schoolCode,
    priceFen: batch.priceFen,
    profileId: batch.profileId,
    opensAt: batch.opensAt.toISOString(),
    ...(batch.closesAt < NO_END ? { closesAt: batch.closesAt.toISOString() } : {}),
  };
}

async function saveBatch(
  { storage, clock }: Needs,
  batchId: string,
  { schoolCode, ...change }: BatchChange,
): Promise<Result<Batch>> {
  const school = await storage.schools.findByCode(schoolCode);
  if (!school) return fail('request.notFound');
  const field = faultOf(change);
  if (field) return fail('request.invalid', { field });
  const known = await storage.desk.findBatch(batchId);
  // Its orders belong to the school that they were made for.
  if (known && known.schoolId !== school.id)
    return fail('request.invalid', { field: 'schoolCode' });
  await storage.desk.saveBatch({
    id: batchId,
    schoolId: school.id,
    name: change.name,
    priceFen: change.priceFen,
    profileId: change.profileId,
    opensAt: new Date(change.opensAt),
    closesAt: change.closesAt ? new Date(change.closesAt) : NO_END,
    createdAt: known?.createdAt ?? clock(),
  });
  const saved = await storage.desk.findBatch(batchId);
  if (!saved) throw new Error(`batch ${batchId} vanished`);
  return ok(batchOf(saved));
}

function faultOf({
  profileId,
  opensAt,
  closesAt,
}: Pick<BatchChange, 'profileId' | 'opensAt' | 'closesAt'>): string | undefined {
  if (!findPhotoProfile(profileId)) return 'profileId';
  return closesAt && Date.parse(closesAt) <= Date.parse(opensAt) ? 'closesAt' : undefined;
}
