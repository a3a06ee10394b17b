import { MAX_EXPORT_PHOTOS, type RouteOutput } from '@gradshot/contract';
import {
  exportName,
  exportNameKey,
  type Failure,
  fail,
  NAMING_FAULT_TEXT,
  namingFault,
  ok,
  type Result,
} from '@gradshot/domain';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  ExportCandidate,
  ExportFilter,
  PublishingRows,
} from '../../ports/publishing/publishing-repository.ts';
import type { SchoolRows } from '../../ports/schools/school-repository.ts';
import { fieldsOf } from '../rosters/identity-advice.ts';
import { inSlices } from '../tables/in-slices.ts';
import type { ExportFacts } from './export-facts.ts';

type Rows = DeskRows & PublishingRows & SchoolRows;
type Needs = Stored<Rows> & { readonly vault: Vault };

export type Selection = {
  readonly schoolCode: string;
  readonly batchId?: string | undefined;
  readonly level?: string | undefined;
  readonly approvedSince?: string | undefined;
  readonly naming: string;
};

export type Chosen = {
  readonly orderId: string;
  readonly orderNo: string;
  readonly maskedName: string;
  readonly photoId: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly idNumberHash: string;
  readonly facts: ExportFacts;
};

type Why = RouteOutput<'previewExport'>['leftOut'][number]['why'];

export type LeftOut = {
  readonly why: Why;
  readonly candidate: ExportCandidate;
  /** Of a name that cannot be made. */
  readonly failure?: Failure;
};

export type Judged = {
  readonly filter: ExportFilter;
  /** By name: the order of the files and of the manifest. */
  readonly chosen: readonly Chosen[];
  readonly leftOut: readonly LeftOut[];
  /** Of `chosen`, those whose name another one has too. */
  readonly doubled: readonly Chosen[];
};

/**
 * The approved photos of a selection with their names. Failures: `request.notFound`,
 * `publishing.namingInvalid`, `publishing.tooMany`.
 */
export async function judgeSelection(
  environment: Needs,
  selection: Selection,
): Promise<Result<Judged>> {
  const fault = namingFault(selection.naming);
  if (fault) return fail('publishing.namingInvalid', { why: NAMING_FAULT_TEXT[fault].zh });
  const filter = await filterOf(environment, selection);
  if (!filter) return fail('request.notFound');
  const { publishing } = environment.storage;
  const candidates = await publishing.candidates(filter, MAX_EXPORT_PHOTOS + 1);
  if (candidates.length > MAX_EXPORT_PHOTOS)
    return fail('publishing.tooMany', { max: MAX_EXPORT_PHOTOS });
  return ok({ filter, ...(await judge(environment, selection.naming, candidates)) });
}

async function filterOf(
  { storage }: Needs,
  { schoolCode, batchId, level, approvedSince }: Selection,
): Promise<ExportFilter | undefined> {
  const school = await storage.schools.findByCode(schoolCode);
  if (!school) return undefined;
  const batch = batchId ? await storage.desk.findBatch(batchId) : undefined;
  if (batchId && batch?.schoolId !== school.id) return undefined;
  return {
    schoolId: school.id,
    batchId: batchId ?? null,
    level: level ?? null,
    approvedSince: approvedSince ? new Date(approvedSince) : null,
  };
}

async function judge(
  { vault }: Needs,
  naming: string,
  candidates: readonly ExportCandidate[],
): Promise<Omit<Judged, 'filter'>> {
  const chosen: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  const all = await inSlices(candidates, (candidate) => judgeOne(vault, naming, candidate));
  for (const judged of all) {
    if ('why' in judged) leftOut.push(judged);
    else chosen.push(judged);
  }
  chosen.sort((a, b) => compareNames(a.facts.name, b.facts.name));
  return { chosen, leftOut, doubled: doubledOf(chosen) };
}

/** The same everywhere, whatever the language of the machine. */
const compareNames = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function judgeOne(vault: Vault, naming: string, candidate: ExportCandidate): Chosen | LeftOut {
  const { sha256, bytes } = candidate;
  if (candidate.erased || !sha256 || bytes === null) return { why: 'erased', candidate };
  if (candidate.inBatch) return { why: 'inBatch', candidate };
  if (candidate.withdrawing) return { why: 'withdrawing', candidate };
  const facts = factsOf(vault, candidate);
  const name = exportName(naming, facts);
  if (!name.ok)
    return {
      why: name.error.code === 'publishing.fieldMissing' ? 'fieldMissing' : 'nameUnusable',
      candidate,
      failure: name.error,
    };
  const { orderId, orderNo, maskedName, photoId, idNumberHash } = candidate;
  return {
    ...{ orderId, orderNo, maskedName, photoId, sha256, bytes, idNumberHash },
    facts: { ...facts, name: `${name.value}.jpg` },
  };
}

function factsOf(vault: Vault, candidate: ExportCandidate): Omit<ExportFacts, 'name'> {
  const { gatewayNumberHash, nameSealed, idNumberSealed, idNumberHash, rosterSealed } = candidate;
  const roster = rosterSealed ? fieldsOf(vault, { sealed: rosterSealed, idNumberHash }) : {};
  return {
    XM: vault.open(nameSealed, `students.name:${gatewayNumberHash}`),
    SFZH: vault.open(idNumberSealed, `students.idNumber:${gatewayNumberHash}`),
    XH: roster.XH ?? '',
    KSH: roster.KSH ?? '',
    level: candidate.level ?? '',
    major: candidate.major ?? roster.ZYMC ?? '',
  };
}

function doubledOf(chosen: readonly Chosen[]): Chosen[] {
  const counts = new Map<string, number>();
  const keyOf = ({ facts }: Chosen) => exportNameKey(facts.name);
  for (const one of chosen) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  return chosen.filter((one) => (counts.get(keyOf(one)) ?? 0) > 1);
}
