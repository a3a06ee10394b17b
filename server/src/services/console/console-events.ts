import type { RouteOutput } from '@gradshot/contract';
import type { StaffCaller } from '../../ports/access/caller.ts';
import { isWithin } from '../../ports/access/school-scope.ts';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Happening, HappeningSource } from '../../ports/ground/happenings.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';

type Rows = AccountRows & OrderRows & StudentRows;
type Needs = Stored<Rows> & {
  readonly happenings: HappeningSource;
};

export type ConsoleEvent = RouteOutput<'streamConsoleEvents'>;

const TOPICS: Partial<Readonly<Record<Happening['topic'], readonly ConsoleEvent['topic'][]>>> = {
  chat: ['chat'],
  // An order that changes may have entered or left the queue.
  order: ['order', 'review'],
  review: ['review'],
};

/**
 * What happens on this server and on its replicas, as nudges of the console; of the caller's schools
 * alone. The returned function ends it.
 */
export function listenForConsole(
  { happenings, storage }: Needs,
  { schools }: StaffCaller,
  listener: (event: ConsoleEvent) => void,
): () => void {
  return happenings.subscribe((happening) => {
    const nudge = () => {
      for (const topic of TOPICS[happening.topic] ?? []) listener({ topic });
    };
    if (schools === 'everySchool') return nudge();
    // What cannot be looked up is a nudge less; the console also asks by itself.
    schoolsOf(storage, happening).then(
      (concerned) => concerned.some((id) => isWithin(schools, id)) && nudge(),
      () => undefined,
    );
  });
}

async function schoolsOf(
  { accounts, orders, students }: Rows,
  { accountId, orderId, studentId, topic }: Happening,
): Promise<string[]> {
  if (!TOPICS[topic]) return [];
  const order = orderId ? await orders.find(orderId) : undefined;
  const student = studentId && !order ? await students.find(studentId) : undefined;
  const linked = accountId && !order ? await accounts.students(accountId) : [];
  return [...(order ? [order] : []), ...(student ? [student] : []), ...linked].map(
    ({ schoolId }) => schoolId,
  );
}
