import { randomUUID } from 'node:crypto';
import type { RouteDefinition, RouteId } from '@gradshot/contract';
import { z } from 'zod';

/** Bodies that a schema takes, so that nothing but the caller is in the way. */
const BODIES: Readonly<Partial<Record<RouteId, object>>> = {
  giveConsent: { consents: [{ kind: 'service', version: '1' }] },
  arriveAtStation: { code: 'x' },
  handInPhoto: { photoId: randomUUID() },
  createPayment: { method: 'native', idempotencyKey: randomUUID() },
  recordDeskPayment: { method: 'school', idempotencyKey: randomUUID() },
  createUpload: {
    size: 10,
    sha256: 'a'.repeat(64),
    type: 'image/jpeg',
    capturedAt: '2026-11-23T08:00:00.000Z',
  },
  sendMessage: { text: '您好' },
  markChatRead: { upTo: 99 },
  markNoticesRead: { upTo: 99 },
};

/** Undefined for a route that takes none; throws where one is missing here. */
export function fittingBody(route: RouteDefinition): object | undefined {
  if (!route.body) return undefined;
  const body = BODIES[route.id as RouteId];
  if (!body || !z.safeParse(route.body, body).success)
    throw new Error(`add a fitting body for ${route.id} to fitting-bodies.ts`);
  return body;
}
