import { CONSOLE_ROUTES, createTableClient } from '@gradshot/contract';
import type { SampleStudent } from '@gradshot/testkit';
import { SAMPLE_STAFF } from '../../../server/src/sample/sample-staff.ts';
import type { World } from './world.ts';

/** What a student's roster row is found by. */
export const studentNumberOf = (index: number) => `2027${String(index).padStart(4, '0')}`;

/** An administrator imports a roster of these students and lets stations take them offline. */
export async function allowOffline(
  world: World,
  students: ReadonlyMap<number, SampleStudent>,
): Promise<void> {
  const target = { baseUrl: world.serverUrl(), fetch };
  const admin = SAMPLE_STAFF.find(({ roles }) => roles.includes('administrator'));
  const body = { account: admin?.account ?? '', password: admin?.password ?? '' };
  const visitor = createTableClient(CONSOLE_ROUTES, target);
  const { staffToken } = told(await visitor.call('loginStaff', { body }));
  const client = createTableClient(CONSOLE_ROUTES, {
    ...target,
    authorization: () => `Staff ${staffToken}`,
  });
  const [first] = students.values();
  const { batches } = told(await client.call('listBatches'));
  const batch = batches.find(({ schoolCode }) => schoolCode === first?.schoolCode);
  const params = { batchId: batch?.batchId ?? '' };
  const rows = [...students].map(
    ([index, { name, idNumber }]) => `${studentNumberOf(index)},${name},${idNumber},软工2301`,
  );
  const bytes = Buffer.from(['学号,姓名,证件号,班级', ...rows].join('\r\n'));
  const query = { dryRun: 'false' as const };
  const imported = told(await client.sendBytes('importRoster', { params, query, bytes }));
  if (!imported.imported) throw new Error(JSON.stringify(imported.errors));
  told(await client.call('saveOfflineCollection', { params, body: { payer: 'school' } }));
}

function told<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
