import { expect, it } from 'vitest';
import { answered, openVisit, SHOT, toOrder, toResult } from './tests/visit-rig.ts';

it('a visit counts from the last digit to 提交, with every take and what refused it', async () => {
  const world = openVisit();
  await toOrder(world);
  await world.clock.advance(10_000);
  await answered(world, 'session.beginOrder', {});
  await answered(world, 'session.toCamera', {});
  await answered(world, 'session.takeShot', SHOT);
  await answered(world, 'session.retake', {});
  await answered(world, 'session.takeShot', SHOT);
  await answered(world, 'session.keep', {});
  world.ports.accepts = false;
  await answered(world, 'session.judge', {});
  world.ports.accepts = true;
  await answered(world, 'session.retake', {});
  await answered(world, 'session.takeShot', SHOT);
  await answered(world, 'session.keep', {});
  await answered(world, 'session.judge', {});
  await world.clock.advance(5000);
  await answered(world, 'session.handIn', {});
  await world.clock.advance(4000);
  await answered(world, 'session.leave', {});
  const [account, ...others] = world.accounts;
  expect(others).toEqual([]);
  expect(account).toMatchObject({ milliseconds: 15_000, takes: 3, handedIn: true });
  expect(account?.refusals.length).toBeGreaterThan(0);
});

it('who leaves without a photo is counted until they have left; who proved nothing is not', async () => {
  const world = openVisit();
  await answered(world, 'session.enter', {});
  await answered(world, 'session.leave', {});
  expect(world.accounts).toEqual([]);
  await toResult(world);
  await world.clock.advance(3000);
  await answered(world, 'session.leave', {});
  expect(world.accounts).toEqual([{ milliseconds: 3000, takes: 1, handedIn: false, refusals: [] }]);
});

it('to look at an order again is no take and no 提交', async () => {
  const world = openVisit('underReview');
  await toOrder(world);
  await answered(world, 'session.beginOrder', {});
  await answered(world, 'session.leave', {});
  expect(world.accounts).toMatchObject([{ takes: 0, handedIn: false }]);
});
