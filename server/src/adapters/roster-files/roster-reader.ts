import { fail, ok, type Result } from '@gradshot/domain';
import type { RosterReader, RosterRow, RosterTable } from '../../ports/rosters/roster-reader.ts';
import { TooManyRows } from './cells.ts';
import { readCsvRows } from './csv-rows.ts';
import { readXlsxRows } from './xlsx-rows.ts';
import { unpacksWithinLimits } from './zip-limits.ts';

const ZIP_SIGNATURE = Buffer.from('PK\x03\x04', 'latin1');

/** Reads .xlsx and .csv by their content; what the file is called does not count. */
export function createRosterReader(): RosterReader {
  return {
    async read(file) {
      const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
      return bytes.subarray(0, 4).equals(ZIP_SIGNATURE)
        ? readXlsx(bytes)
        : read(async () => readCsvRows(bytes));
    },
  };
}

async function readXlsx(bytes: Buffer): Promise<Result<RosterTable>> {
  const verdict = unpacksWithinLimits(bytes);
  if (verdict === 'tooLarge') return fail('request.tooLarge');
  return verdict === 'fine' ? read(() => readXlsxRows(bytes)) : fail('roster.unreadable');
}

/** Whatever a damaged file makes the libraries throw, it is the file's fault. */
async function read(rows: () => Promise<RosterRow[]>): Promise<Result<RosterTable>> {
  try {
    return ok({ rows: await rows() });
  } catch (error) {
    return fail(error instanceof TooManyRows ? 'request.tooLarge' : 'roster.unreadable');
  }
}
