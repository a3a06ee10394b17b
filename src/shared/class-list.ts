import { glossary } from '@gradshot/domain';

/**
 * How far somebody of a class is. `here`: has checked in and waits in turn. `absent`: 缺席, said by staff.
 * `done`: the photo is handed in, here or elsewhere.
 */
export type ClassPersonState = 'open' | 'here' | 'called' | 'inVisit' | 'absent' | 'done';

export type ClassPersonView = {
  /** Of the roster. */
  readonly entryId: string;
  readonly maskedName: string;
  /** The last characters of the 学号. */
  readonly studentNumberEnd: string;
  readonly state: ClassPersonState;
  /** In the queue, e.g. `A012`. */
  readonly number?: string;
  /** The 采集码 must be shown: there is no order yet. */
  readonly needsCode: boolean;
};

/** 按名单拍摄: the class that a lane works through, for its staff alone. */
export type ClassListView = {
  readonly batchId: string;
  readonly college: string;
  readonly className: string;
  /** When the server was asked last, by the station's clock. */
  readonly loadedAt: string;
  /** The class is larger than what is shown. */
  readonly more: boolean;
  /** In the order of the roster. */
  readonly people: readonly ClassPersonView[];
};

export type ClassCounts = {
  readonly people: number;
  readonly done: number;
  readonly absent: number;
};

export function countClass(people: readonly Pick<ClassPersonView, 'state'>[]): ClassCounts {
  const of = (wanted: ClassPersonState) => people.filter(({ state }) => state === wanted).length;
  return { people: people.length, done: of('done'), absent: of('absent') };
}

/** Whatever the roster names of it. */
export function classTitle({ college, className }: Pick<ClassListView, 'college' | 'className'>) {
  return [college, className].filter((part) => part !== '').join(' · ');
}

type Words = { readonly zh: string; readonly en: string };

/** What the table of who is absent says, on paper and in a spreadsheet. */
export const ABSENTEES_TEXT: Readonly<
  Record<'title' | 'name' | 'studentNumberEnd' | 'progress', Words>
> = {
  title: { zh: '缺席名单', en: 'Absent' },
  name: glossary.personName,
  studentNumberEnd: { zh: '学号末四位', en: 'End of student number' },
  progress: { zh: '已办完人数', en: 'Done' },
};
