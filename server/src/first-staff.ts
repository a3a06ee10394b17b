import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '@gradshot/storage';
import type { EventLog } from './ports/ground/event-log.ts';
import { SAMPLE_STAFF } from './sample/sample-staff.ts';
import type { StaffMembers } from './services/staff/staff-members.ts';

const FILE_NAME = 'first-administrator.txt';

type FirstStaff = {
  readonly staffMembers: StaffMembers;
  readonly dataDir: string;
  readonly sample: boolean;
  readonly log: EventLog;
};

/**
 * Nobody can log in to a new installation: the sample gets its known accounts, a real one an
 * administrator whose one-time password stands in a file that only the server's user can read. The
 * file goes once the password has been changed.
 */
export async function ensureFirstStaff(options: FirstStaff): Promise<void> {
  const { staffMembers, dataDir, sample, log } = options;
  if (sample) return staffMembers.installSample(SAMPLE_STAFF);
  const path = join(dataDir, FILE_NAME);
  const created = await staffMembers.createFirst(({ account, password }) =>
    writeDurably(path, Buffer.from(`account: ${account}\npassword: ${password}\n`)),
  );
  if (created) {
    log.warn({ path }, 'first administrator created: log in once and change the password');
    return;
  }
  if (!(await staffMembers.anyPasswordDue())) await rm(path, { force: true });
}
