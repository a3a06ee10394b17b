import {
  type ClassListView,
  classTitle,
  countClass,
  ABSENTEES_TEXT as TEXT,
} from '../../../shared/index.ts';
import { csvText } from './csv-text.ts';

/** Who of the class is absent, as a table for its teacher. */
export function absenteesFile(list: ClassListView) {
  const { people, done } = countClass(list.people);
  const title = classTitle(list);
  const text = csvText([
    [TEXT.title.zh, title],
    [TEXT.progress.zh, `${done}/${people}`],
    [TEXT.name.zh, TEXT.studentNumberEnd.zh],
    ...list.people
      .filter(({ state }) => state === 'absent')
      .map(({ maskedName, studentNumberEnd }) => [maskedName, studentNumberEnd]),
  ]);
  return { fileName: `${TEXT.title.zh}-${title.replace(/[\\/:*?"<>|\s·]+/g, '-')}.csv`, text };
}
