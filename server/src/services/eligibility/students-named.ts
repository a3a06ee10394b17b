import { maskName } from '@gradshot/domain';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';

type Needs = Stored<DeskRows> & { readonly vault: Vault };

/** A surname alone is no search: so many namesakes are looked through and no more. */
const MAX_NAMESAKES = 20_000;
const MAX_STUDENTS = 500;
const HAS_NAME = /^[\p{L}·. ]{2,}$/u;

/** Names stand sealed: those that look alike when masked are opened and compared. */
export async function studentsNamed({ storage, vault }: Needs, text: string): Promise<string[]> {
  if (!HAS_NAME.test(text)) return [];
  const alike = await storage.desk.studentsNamedLike(maskName(text), MAX_NAMESAKES);
  return alike
    .filter(
      ({ nameSealed, gatewayNumberHash }) =>
        vault.open(nameSealed, `students.name:${gatewayNumberHash}`) === text,
    )
    .slice(0, MAX_STUDENTS)
    .map(({ id }) => id);
}
