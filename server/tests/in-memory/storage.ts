import { Mutex } from 'async-mutex';
import type { Happening } from '../../src/ports/ground/happenings.ts';
import type { StorageOf } from '../../src/ports/ground/storage.ts';
import { inMemoryAccounts } from './accounts.ts';
import { inMemoryDeliveries, inMemoryNotices } from './notices.ts';
import { inMemoryOrders } from './orders.ts';
import { inMemoryPayments } from './payments.ts';
import {
  inMemoryCalendar,
  inMemoryEligibility,
  inMemorySchools,
  inMemoryStaff,
  inMemoryStudents,
} from './people.ts';
import { inMemoryPhotos, inMemoryPrints } from './photos.ts';
import { inMemoryRefundRequests } from './refund-requests.ts';
import { inMemoryRefunds } from './refunds.ts';
import { inMemoryRetention } from './retention.ts';
import { inMemoryReviews } from './reviews.ts';
import { inMemoryRosters } from './rosters.ts';
import { copyOf, emptyTables, replaceAll, type Tables } from './tables.ts';

function repositoriesOn(tables: Tables, announce: (happening: Happening) => void) {
  return {
    schools: inMemorySchools(tables),
    calendar: inMemoryCalendar(tables),
    students: inMemoryStudents(tables),
    eligibility: inMemoryEligibility(tables),
    staff: inMemoryStaff(tables),
    accounts: inMemoryAccounts(tables),
    notices: inMemoryNotices(tables),
    deliveries: inMemoryDeliveries(tables),
    orders: inMemoryOrders(tables),
    payments: inMemoryPayments(tables),
    refunds: inMemoryRefunds(tables),
    refundRequests: inMemoryRefundRequests(tables),
    photos: inMemoryPhotos(tables),
    prints: inMemoryPrints(tables),
    retention: inMemoryRetention(tables),
    reviews: inMemoryReviews(tables),
    rosters: inMemoryRosters(tables),
    announce,
  };
}

export type InMemoryRepositories = ReturnType<typeof repositoriesOn>;

export type InMemoryStorage = StorageOf<InMemoryRepositories> & {
  /** All rows as they stand, for what a test wants to know and no service asks. */
  readonly tables: Readonly<Tables>;
  /** What was announced and committed. */
  readonly happened: readonly Happening[];
};

/**
 * Repositories for tests that stand beside a service. Like the embedded database it has one
 * connection: a transaction holds everybody else up, also those who only read, and what it wrote is
 * gone when it throws. `tests/repositories.test.ts` holds it against both real databases.
 */
export function createInMemoryStorage(): InMemoryStorage {
  const tables = emptyTables();
  const happened: Happening[] = [];
  const connection = new Mutex();
  const { announce, ...repositories } = repositoriesOn(tables, (happening) => {
    happened.push(happening);
  });
  return {
    ...(Object.fromEntries(
      Object.entries(repositories).map(([name, repository]) => [
        name,
        queued(connection, repository),
      ]),
    ) as typeof repositories),
    announce,
    tables,
    happened,
    transaction: (work) =>
      connection.runExclusive(async () => {
        const copy = copyOf(tables);
        const said: Happening[] = [];
        const result = await work(repositoriesOn(copy, (happening) => void said.push(happening)));
        replaceAll(tables, copy);
        happened.push(...said);
        return result;
      }),
  };
}

/** Each call waits for the connection, as a query of its own does. */
function queued<Repository extends object>(connection: Mutex, repository: Repository): Repository {
  const call =
    (method: (...given: unknown[]) => unknown) =>
    (...given: unknown[]) =>
      connection.runExclusive(() => method(...given));
  return Object.fromEntries(
    Object.entries(repository).map(([name, method]) => [name, call(method)]),
  ) as Repository;
}
