import type { StudentRecord, StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import { idNumberKey } from './id-number.ts';

/** Digests are told apart by so much: what is found by one is opened and compared by nobody. */
const KEY_CHARACTERS = 32;
/** Of longer names only the beginning is taken apart, or one would have hundreds of parts. */
const MAX_LETTERS = 24;
const NAME = /^[\p{L}][\p{L}·. -]*$/u;
const CHINESE = /^[\p{Script=Han}·]+$/u;

type Keys = Pick<Vault, 'pseudonym'>;

const key = (vault: Keys, kind: string, value: string) =>
  vault.pseudonym(value, `studentSearch.${kind}`).slice(0, KEY_CHARACTERS);

/** As a name is typed: without blanks about it, whatever the case. */
export const spokenName = (name: string) => name.trim().replace(/\s+/g, ' ').toUpperCase();

/** Whether what was typed may be one, or a part of one. */
export const isName = (text: string) => NAME.test(text.trim());

export const nameKey = (vault: Keys, part: string) => key(vault, 'name', spokenName(part));
export const lastFourKey = (vault: Keys, lastFour: string) =>
  key(vault, 'lastFour', lastFour.toUpperCase());

/**
 * What a name is found by: of a Chinese one its surname and every part of two characters and more; of
 * another each word, the beginnings of each from two letters on, and the whole.
 */
export function nameParts(name: string): readonly string[] {
  const spoken = spokenName(name).slice(0, MAX_LETTERS);
  if (!CHINESE.test(spoken)) {
    const words = spoken.split(/[\s·.-]+/).filter((word) => word !== '');
    return [...new Set([spoken, ...words.flatMap(beginnings)])];
  }
  const letters = [...spoken];
  const parts = letters.flatMap((_, from) =>
    letters.slice(from).map((_letter, more) => letters.slice(from, from + more + 1).join('')),
  );
  const whole = parts.filter((part) => [...part].length > 1);
  return [...new Set([letters[0] ?? '', ...whole])].filter((part) => part !== '');
}

const beginnings = (word: string) =>
  word.length < 2
    ? [word]
    : Array.from({ length: word.length - 1 }, (_, i) => word.slice(0, i + 2));

export function searchKeysOf(
  vault: Keys,
  person: { readonly name: string; readonly idNumber: string },
): readonly string[] {
  const lastFour = idNumberKey(person.idNumber).slice(-4);
  return [
    ...nameParts(person.name).map((part) => nameKey(vault, part)),
    lastFourKey(vault, lastFour),
  ];
}

/** For students of before there were keys; returns how many got theirs. */
export async function keyMissing(
  { storage, vault, log }: Stored<StudentRows> & { readonly vault: Vault; readonly log: EventLog },
  limit: number,
): Promise<number> {
  const students = await storage.students.withoutSearchKeys(limit);
  for (const student of students) {
    const keys = openedKeys(vault, student);
    // One that cannot be opened is found by no name, and must not hold up all who come after it.
    if (!keys) log.error({ studentId: student.id }, 'a student cannot be opened');
    await storage.transaction(({ students: rows }) =>
      rows.replaceSearchKeys(student.id, keys ?? []),
    );
  }
  return students.length;
}

function openedKeys(vault: Vault, student: StudentRecord): readonly string[] | undefined {
  const open = (sealed: Uint8Array, column: string) =>
    vault.open(sealed, `students.${column}:${student.gatewayNumberHash}`);
  try {
    const name = open(student.nameSealed, 'name');
    return searchKeysOf(vault, { name, idNumber: open(student.idNumberSealed, 'idNumber') });
  } catch {
    return undefined;
  }
}
