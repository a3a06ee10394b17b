import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepChanges } from './delivery-book.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

const written = () => rig.store.database.prepare('SELECT total_changes()').pluck().get() as number;

it('a pull that brought nothing new writes nothing', () => {
  const { store } = rig;
  keepChanges(store, [], 7);
  expect(store.orders.checkpoint()).toBe(7);
  const before = written();
  keepChanges(store, [], 7);
  expect(written()).toBe(before);
  keepChanges(store, [], 8);
  expect(store.orders.checkpoint()).toBe(8);
});

it('goes back with a server that counts anew', () => {
  keepChanges(rig.store, [], 7);
  keepChanges(rig.store, [], 2);
  expect(rig.store.orders.checkpoint()).toBe(2);
});
