import { fail, ok, type Result } from '@gradshot/domain';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import { CONSENTS, isCurrentConsent } from './service-content.ts';

/**
 * Whether the graduate agreed to the service and, separately, to the processing of the face.
 * `current`: to the wording asked for today, because money is about to change hands. `any`: to
 * whatever wording was asked for at the time; a new text does not undo what was agreed to.
 * Failure: `consent.required` with the `count` of those missing.
 */
export async function requireConsents(
  { orders }: OrderRows,
  orderId: string,
  wording: 'current' | 'any',
): Promise<Result<void>> {
  const given = (await orders.consents(orderId)).filter(
    ({ kind, version }) => wording === 'any' || isCurrentConsent(kind, version),
  );
  const missing = CONSENTS.filter(({ kind }) => !given.some((consent) => consent.kind === kind));
  return missing.length === 0 ? ok(undefined) : fail('consent.required', { count: missing.length });
}
