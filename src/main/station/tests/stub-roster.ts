import { createHash } from 'node:crypto';
import type { OfflinePerson, RouteOutput } from '@gradshot/contract';
import { finderText, lastFourText, type OfflinePayer, ok, type Result } from '@gradshot/domain';
import { keyedDigest } from '@gradshot/storage';
import { buildOrderDetail } from '@gradshot/testkit';

type Page = RouteOutput<'readOfflineRoster'>;
type Listed = { readonly entryId: string; readonly maskedName: string; readonly finders: string[] };

/** The roster of the stub server, in pages of two, as the contract has it. */
export class StubRoster {
  readonly people: (Listed & { readonly lastFour: string })[] = [];
  payer: OfflinePayer = 'school';
  closesAt = '2028-01-01T00:00:00.000Z';
  service: Page['service'];
  perPage = 2;
  readonly #order = buildOrderDetail();

  constructor(service: Page['service']) {
    this.service = service;
  }

  get version(): string {
    const content = JSON.stringify([this.people, this.payer, this.closesAt]);
    return createHash('sha256').update(content).digest('hex').slice(0, 32);
  }

  add(person: Listed, lastFour = '1234'): void {
    this.people.push({ ...person, lastFour });
  }

  page(query: URLSearchParams): Result<Page> {
    const { version, people, service, payer, closesAt } = this;
    const key = createHash('sha256').update(version).digest('hex');
    const start = people.findIndex(({ entryId }) => entryId === query.get('after')) + 1;
    const page = people.slice(start, start + this.perPage);
    const next = start + this.perPage < people.length ? page.at(-1)?.entryId : undefined;
    const { batchId, batchName: name, priceFen, profileId, school } = this.#order;
    return ok({
      ...{ version, key, school, service },
      batches: [{ batchId, name, priceFen, profileId, payer, closesAt }],
      people: page.map((person) => this.#told(person, key, batchId)),
      ...(next ? { next } : {}),
    });
  }

  #told(person: Listed & { lastFour: string }, key: string, batchId: string): OfflinePerson {
    const { entryId, maskedName, finders, lastFour } = person;
    return {
      ...{ entryId, batchId, maskedName, maskedIdNumber: '1101**********####' },
      ...{ studentNumberEnd: finders[0]?.slice(-4) ?? '', college: '计算机学院' },
      className: '软工2301',
      finders: finders.map((text) => keyedDigest(key, finderText(text))),
      lastFour: keyedDigest(key, lastFourText(entryId, lastFour)),
    };
  }
}
