import type { OrderState } from '@gradshot/domain';
import { describe, expect, it } from 'vitest';
import { handoverOf } from './handover-steps.ts';
import { HANDOVER_MS } from './tests/memory-ports.ts';
import { answered, openVisit, step, toOrder, type World } from './tests/visit-rig.ts';

const handover = ({ visit }: World) => handoverOf(visit.state().view);

async function shown(state?: OrderState): Promise<World> {
  const world = openVisit(state);
  await toOrder(world);
  await answered(world, 'session.handOver', {});
  return world;
}

describe('在手机上继续', () => {
  it('shows a code on 采集详情 and on the last page', async () => {
    const world = await shown('underReview');
    expect(handover(world)).toMatchObject({ qrText: 'gradshot:handover:1<A>' });
    await answered(world, 'session.beginOrder', {});
    expect(step(world)).toBe('handedIn');
    expect(handover(world)).toBeUndefined();
    await answered(world, 'session.handOver', {});
    expect(handover(world)).toMatchObject({ qrText: 'gradshot:handover:2<A>' });
  });

  it('asks once, however often it is pressed', async () => {
    const world = openVisit();
    await toOrder(world);
    const first = world.visit.command('session.handOver', {});
    expect(await world.visit.command('session.handOver', {})).toMatchObject({
      error: { code: 'station.busy' },
    });
    await world.ports.answerAll();
    expect(await first).toEqual({ ok: true, value: null });
    expect(await answered(world, 'session.handOver', {})).toEqual({ ok: true, value: null });
    expect(world.ports.handovers).toBe(1);
  });

  it('says why when the server cannot be reached, and changes nothing', async () => {
    const world = openVisit();
    await toOrder(world);
    const before = world.visit.state().view;
    world.ports.broken = true;
    expect(await answered(world, 'session.handOver', {})).toMatchObject({
      error: { code: 'network.unreachable' },
    });
    expect(world.visit.state()).toMatchObject({
      view: before,
      failure: { code: 'network.unreachable' },
    });
  });

  it('takes the code away when its time is over, and brings another', async () => {
    const world = await shown();
    for (let waited = 0; waited < HANDOVER_MS; waited += 60_000) {
      world.visit.touch();
      await world.clock.advance(60_000);
    }
    expect(handover(world)).toEqual({ expiresAt: expect.any(String) });
    await answered(world, 'session.handOver', {});
    expect(handover(world)).toMatchObject({ qrText: 'gradshot:handover:2<A>' });
  });

  it.each(['session.closeHandover', 'session.back', 'session.leave'] as const)(
    'is gone after %s, also for an answer that comes too late',
    async (name) => {
      const open = await shown();
      await answered(open, name, {});
      expect(JSON.stringify(open.visit.state())).not.toContain('gradshot:handover:');

      const asked = openVisit();
      await toOrder(asked);
      const reply = asked.visit.command('session.handOver', {});
      expect(await asked.visit.command(name, {})).toEqual({ ok: true, value: null });
      await asked.ports.answerAll();
      await reply;
      expect(asked.visit.state()).toMatchObject({ running: undefined, failure: undefined });
      expect(JSON.stringify(asked.visit.state())).not.toContain('gradshot:handover:');
    },
  );

  it('leaves the screen with the visit that nobody touches', async () => {
    const world = await shown();
    await world.clock.advance(HANDOVER_MS);
    expect(step(world)).toBe('welcome');
    expect(JSON.stringify(world.visit.state())).not.toContain('<A>');
  });

  it('stays while the server tells news about the order', async () => {
    const world = await shown('verifyingIdentity');
    const at = '2026-11-24T00:00:00.000Z';
    world.visit.orderChanged({ orderId: 'order<A>', state: 'underReview', reasons: [], at });
    expect(world.visit.state().view).toMatchObject({ order: { state: 'underReview' } });
    expect(handover(world)?.qrText).toBeDefined();
  });
});
