import { createHash } from 'node:crypto';
import type { RosterPhotosResult } from '@gradshot/contract';
import { errorSentence, fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { PhotoInspector } from '../../ports/photos/photo-inspector.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { ArchivedPicture, PictureArchiveReader } from '../../ports/rosters/picture-archive.ts';
import type {
  KnownRosterEntry,
  RosterPhoto,
  RosterRows,
} from '../../ports/rosters/roster-repository.ts';
import { fieldsOf } from './identity-advice.ts';
import { KEYS } from './person-fields.ts';

type Needs = Stored<DeskRows & PhotoRows & RosterRows> & {
  readonly clock: Clock;
  readonly inspector: PhotoInspector;
  readonly objects: PhotoObjects;
  readonly vault: Vault;
};

/** More would help nobody to correct the archive. */
const MAX_ERRORS = 500;
/** Pictures looked at or stored at once: the decoder has that many threads. */
const AT_ONCE = 4;
/** Smaller than that a face says nothing; old records hold 150 × 210 pixels. */
const SMALLEST = { width: 90, height: 120 };

export type RosterPhotoImport = {
  /**
   * Takes every picture that names a person of the roster; those that do not are told one by one.
   * Failures: `request.notFound`, `request.tooLarge`, `roster.archiveUnreadable`.
   */
  take(
    caller: StaffCaller,
    archive: { readonly batchId: string; readonly bytes: Uint8Array; readonly dryRun: boolean },
  ): Promise<Result<RosterPhotosResult>>;
};

type FileError = RosterPhotosResult['errors'][number];
type Sentence = { readonly zh: string; readonly en: string };
/** A picture of one person that can be used. */
type Fitting = {
  readonly entryId: string;
  readonly picture: ArchivedPicture;
  readonly sha256: string;
  readonly type: string;
  readonly bytes: number;
};

export function createRosterPhotoImport(
  environment: Needs,
  reader: PictureArchiveReader,
): RosterPhotoImport {
  return {
    async take(caller, { batchId, bytes, dryRun }) {
      const { storage } = environment;
      if (!(await storage.desk.findBatch(batchId))) return fail('request.notFound');
      const pictures = reader.read(bytes);
      if (!pictures.ok) return pictures;
      const known = await storage.rosters.known(batchId);
      const sorted = await sort(environment, pictures.value, known);
      const before = await storage.rosters.photosOf(batchId);
      if (!dryRun) await keep(environment, { caller, batchId }, sorted.fitting);
      const verdict = compare(sorted.fitting, before);
      const owners = new Set([...before, ...sorted.fitting].map(({ entryId }) => entryId));
      return ok({
        total: pictures.value.length,
        ...verdict,
        errors: sorted.errors.slice(0, MAX_ERRORS),
        withPhoto: owners.size,
        people: known.length,
        imported: !dryRun && sorted.fitting.length > 0,
      });
    },
  };
}

/** Every picture is either one person's or has an error. */
async function sort(
  environment: Needs,
  pictures: readonly ArchivedPicture[],
  known: readonly KnownRosterEntry[],
): Promise<{ readonly fitting: Fitting[]; readonly errors: FileError[] }> {
  const find = finder(environment, known);
  const owners = new Map<string, string>();
  const verdicts = await inTurns(pictures, async (picture) => {
    const found = find(picture.path);
    if ('zh' in found) return errorOf(picture, found);
    const entryId = found.id;
    const other = owners.get(entryId);
    if (other) return errorOf(picture, secondOf(other));
    owners.set(entryId, fileOf(picture));
    return look(environment, entryId, picture);
  });
  return {
    fitting: verdicts.filter((verdict) => 'entryId' in verdict),
    errors: verdicts.filter((verdict) => 'file' in verdict),
  };
}

const fileOf = ({ path }: ArchivedPicture) => path.slice(-120);
const errorOf = (picture: ArchivedPicture, { zh, en }: Sentence): FileError => ({
  file: fileOf(picture),
  zh,
  en,
});

const NOBODY: Sentence = {
  zh: '名单中没有这个学号、考生号或证件号，请核对文件名',
  en: 'Nobody in the roster has this number. Check the file’s name',
};
const NAME_ALONE: Sentence = {
  zh: '文件名里没有学号、考生号或证件号，只凭姓名不能确定是谁',
  en: 'The file’s name holds no number, and a name alone may be several people’s',
};
const SEVERAL: Sentence = {
  zh: '文件名里有两个人的号码，请只保留本人的',
  en: 'The file’s name holds the numbers of two people. Keep the right one',
};
const OTHER_NAME: Sentence = {
  zh: '文件名里的姓名与名单中这个号码的姓名不一致，请核对',
  en: 'The name in the file’s name is not the one that the roster has for this number',
};
const secondOf = (other: string): Sentence => ({
  zh: `与「${other}」是同一人，请只保留一张`,
  en: `The same person as “${other}”. Keep one of the two`,
});

/**
 * By 学号, 考生号 or 证件号: the whole name of the file, or the number in it (`20230001_张三.jpg`,
 * `张三-20230001.jpg`). A name alone says nothing: two people may have it.
 */
function finder(
  environment: Needs,
  known: readonly KnownRosterEntry[],
): (path: string) => KnownRosterEntry | Sentence {
  const { vault } = environment;
  const students = new Map(known.map((entry) => [entry.studentNumberHash, entry]));
  const people = new Map(known.map((entry) => [entry.idNumberHash, entry]));
  const examinees = new Map(
    known.flatMap((entry) =>
      entry.examineeNumberHash ? [[entry.examineeNumberHash, entry] as const] : [],
    ),
  );
  const of = (number: string) =>
    students.get(vault.pseudonym(KEYS.XH(number), 'studentNumber')) ??
    examinees.get(vault.pseudonym(number, 'examineeNumber')) ??
    people.get(vault.pseudonym(KEYS.SFZH(number), 'idNumber'));
  return (path) => {
    const stem = stemOf(path);
    const numbers = [stem, ...(stem.match(/[\dA-Z]+(?:[-()][\dA-Z]+)*\)?|[\dA-Z]+/g) ?? [])];
    const found = new Set(
      [...numbers, ...(stem.match(/[\dA-Z]+/g) ?? [])].flatMap((number) => of(number) ?? []),
    );
    const [entry, other] = found;
    if (other) return SEVERAL;
    if (!entry) return /\d/.test(stem) ? NOBODY : NAME_ALONE;
    return contradicts(nameIn(stem), fieldsOf(vault, entry).XM) ? OTHER_NAME : entry;
  };
}

/** The one short word in Chinese of a file's name, unless it says what the picture is. */
function nameIn(stem: string): string | undefined {
  const words = stem.match(/[\p{Script=Han}·]+/gu) ?? [];
  const [word] = words;
  const isName = words.length === 1 && word && /^.{2,4}$/u.test(word);
  return isName && !/照|像|图|片|电子|毕业|录取|正面|学号/.test(word) ? word : undefined;
}

const contradicts = (name: string | undefined, known: string | undefined) =>
  name !== undefined && known !== undefined && !name.includes(known) && !known.includes(name);

function stemOf(path: string): string {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  return name
    .replace(/\.[^.]*$/, '')
    .normalize('NFKC')
    .trim()
    .toUpperCase();
}

const UNPACKING: Readonly<Record<'tooLarge' | 'encrypted' | 'damaged', Sentence>> = {
  tooLarge: { zh: '照片超过 8 MB，请压缩后重试', en: 'The picture is over 8 MB. Make it smaller' },
  encrypted: {
    zh: '压缩包加了密码，请重新打包',
    en: 'The archive has a password. Pack it without one',
  },
  damaged: { zh: '压缩包中的文件已损坏', en: 'The file is damaged in the archive' },
};

async function look(
  { inspector }: Needs,
  entryId: string,
  picture: ArchivedPicture,
): Promise<Fitting | FileError> {
  const bytes = await picture.open();
  if (typeof bytes === 'string') return errorOf(picture, UNPACKING[bytes]);
  const facts = await inspector.inspect(bytes);
  if (!facts.ok)
    return errorOf(picture, {
      zh: errorSentence(facts.error, 'zh'),
      en: errorSentence(facts.error, 'en'),
    });
  const { type, width, height } = facts.value;
  if (width < SMALLEST.width || height < SMALLEST.height)
    return errorOf(picture, {
      zh: `照片太小（${width} × ${height}），至少 ${SMALLEST.width} × ${SMALLEST.height}`,
      en: `The picture is too small (${width} × ${height})`,
    });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { entryId, picture, sha256, type, bytes: bytes.length };
}

function compare(
  fitting: readonly Fitting[],
  before: readonly RosterPhoto[],
): Pick<RosterPhotosResult, 'added' | 'replaced' | 'unchanged'> {
  const former = new Map(before.map(({ entryId, sha256 }) => [entryId, sha256]));
  const added = fitting.filter(({ entryId }) => !former.has(entryId)).length;
  const unchanged = fitting.filter(({ entryId, sha256 }) => former.get(entryId) === sha256).length;
  return { added, unchanged, replaced: fitting.length - added - unchanged };
}

/** The objects first, then the rows that speak of them. */
async function keep(
  { storage, objects, clock }: Needs,
  { caller, batchId }: { readonly caller: StaffCaller; readonly batchId: string },
  fitting: readonly Fitting[],
): Promise<void> {
  if (fitting.length === 0) return;
  const at = clock();
  await storage.photos.announceObjects([...new Set(fitting.map(({ sha256 }) => sha256))], at);
  await inTurns(fitting, async ({ picture }) => {
    const bytes = await picture.open();
    if (typeof bytes !== 'string') await objects.put(bytes);
  });
  const { staffId } = caller;
  await storage.transaction(async ({ rosters }) => {
    await rosters.lockBatch(batchId);
    // Somebody may have imported the roster anew meanwhile; entries are never removed by that.
    await rosters.savePhotos(
      fitting.map(({ picture: _picture, ...photo }) => ({
        ...photo,
        addedBy: staffId,
        addedAt: at,
      })),
    );
    await rosters.addAct({ batchId, at, staffId, act: 'importPhotos', count: fitting.length });
  });
}

/** Maps a few at a time, in order of the list. */
async function inTurns<T, R>(list: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < list.length; start += AT_ONCE)
    results.push(...(await Promise.all(list.slice(start, start + AT_ONCE).map(work))));
  return results;
}
