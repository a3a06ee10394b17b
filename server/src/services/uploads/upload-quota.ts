import { fail, ok, type Result } from '@gradshot/domain';
import type { AccountCaller, GraduateCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { UploadRows, UploadUsage } from '../../ports/uploads/upload-repository.ts';

type Needs = Stored<UploadRows> & {
  readonly clock: Clock;
};

const GB = 1024 ** 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Of one day. A phone's photo has 3 to 25 MB: forty large ones, or seventeen of the largest file
 * that is taken at all, stop a program and never a person who is hard to please.
 */
const ORDER_BYTES = GB;
/** Of all students that a login may act for: a class's helper sends some 15 MB for each. */
const CALLER_BYTES = 4 * GB;
/** Each costs the reading of a whole file; a person has given up long before. */
const ORDER_FAILURES = 60;

type Sender = GraduateCaller | AccountCaller;

/** What phones may send within a day, whether it is kept or not: everything lies on the disk. */
export type UploadQuota = {
  /** Whether `bytes` more may come. Failure: `upload.tooMuch`. */
  room(order: OrderRecord, sender: Sender, bytes: number): Promise<Result<void>>;
  /**
   * The same, and counts them: before they are written, for bytes that lose a race are written
   * too. Calls at the same moment may exceed the limit by what is in their hands.
   */
  take(order: OrderRecord, sender: Sender, bytes: number): Promise<Result<void>>;
  /** Whether another completion may be tried. Failure: `upload.tooMuch`. */
  tries(order: OrderRecord): Promise<Result<void>>;
  /** A completion found the file damaged, or no photo. */
  noteFailure(order: OrderRecord): Promise<void>;
};

export function createUploadQuota({ storage, clock }: Needs): UploadQuota {
  const day = () => ({ now: clock(), since: new Date(clock().getTime() - DAY_MS) });
  const usage = (students: readonly string[]) => storage.uploads.usageOf(students, day().since);
  const quota: UploadQuota = {
    async room(order, { studentIds }, bytes) {
      const all = await usage(studentIds);
      const own = all.filter(({ orderId }) => orderId === order.id);
      if (bytesOf(own) + bytes > ORDER_BYTES || failuresOf(own) >= ORDER_FAILURES)
        return tooMuch(own, clock());
      return bytesOf(all) + bytes > CALLER_BYTES ? tooMuch(all, clock()) : ok(undefined);
    },
    async take(order, sender, bytes) {
      const room = await quota.room(order, sender, bytes);
      if (room.ok) await storage.uploads.addUsage(order.id, { bytes }, day());
      return room;
    },
    async tries({ id, studentId }) {
      const own = (await usage([studentId])).filter(({ orderId }) => orderId === id);
      return failuresOf(own) >= ORDER_FAILURES ? tooMuch(own, clock()) : ok(undefined);
    },
    noteFailure: ({ id }) => storage.uploads.addUsage(id, { failures: 1 }, day()),
  };
  return quota;
}

const bytesOf = (days: readonly UploadUsage[]) => days.reduce((sum, { bytes }) => sum + bytes, 0);
const failuresOf = (days: readonly UploadUsage[]) =>
  days.reduce((sum, { failures }) => sum + failures, 0);

/** `hours`: until the last of these days is over. */
function tooMuch(days: readonly UploadUsage[], now: Date): Result<never> {
  const began = Math.max(...days.map(({ dayBegan }) => dayBegan.getTime()));
  const hours = Math.max(1, Math.ceil((began + DAY_MS - now.getTime()) / HOUR_MS));
  return fail('upload.tooMuch', { hours });
}
