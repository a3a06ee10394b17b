import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import { isName, nameKey } from './search-keys.ts';

type Needs = Stored<StudentRows> & { readonly vault: Pick<Vault, 'pseudonym'> };

/** So many namesakes are listed and no more: a surname is borne by a tenth of all. */
const MAX_STUDENTS = 500;

/** By the whole name or a part of it, as the keys of search-keys.ts have it; none for what is no name. */
export async function studentsNamed({ storage, vault }: Needs, text: string): Promise<string[]> {
  return isName(text) ? storage.students.withSearchKey(nameKey(vault, text), MAX_STUDENTS) : [];
}
