import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothDatabases } from './support/databases.ts';
import { enterGraduate, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnBothDatabases('the stations’ change feed', (db) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(db());
  });
  afterAll(() => server?.close());

  test('a reader by checkpoint misses nothing while others write', async () => {
    const school = await server.addSchool();
    const station = server.client((await server.addStation(school)).authorization);
    const seen: number[] = [];
    let checkpoint = 0;
    const pull = async () => {
      const page = unwrap(
        await station.call('pullChanges', { query: { after: checkpoint, limit: 5 } }),
      );
      seen.push(...page.changes.map((change) => change.sequence));
      checkpoint = page.checkpoint;
      return page.more;
    };
    let writing = true;
    const reader = (async () => {
      while (writing) await pull();
    })();
    const enter = async () => {
      const graduate = await enterGraduate(server, school);
      const params = { orderId: graduate.orderId };
      unwrap(await server.client(graduate.authorization).call('cancelOrder', { params }));
    };
    for (let round = 0; round < 4; round += 1) await Promise.all(Array.from({ length: 8 }, enter));
    writing = false;
    await reader;
    while (await pull());
    expect(seen).toEqual(Array.from({ length: 64 }, (_, i) => i + 1));
  });

  test('schools do not see each other’s changes', async () => {
    const [one, two] = [await server.addSchool(), await server.addSchool()];
    await enterGraduate(server, one);
    const station = server.client((await server.addStation(two)).authorization);
    const page = unwrap(await station.call('pullChanges', { query: { after: 0 } }));
    expect(page).toEqual({ changes: [], checkpoint: 0, more: false });
  });
});
