import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { ConsolePhotos } from '../services/photos/console-photos.ts';
import type { ReviewDecisions } from '../services/review/review-decisions.ts';
import type { ReviewQueue } from '../services/review/review-queue.ts';

type Ids =
  | 'claimReview'
  | 'renewReview'
  | 'releaseReview'
  | 'approveReview'
  | 'rejectReview'
  | 'takeBackReview'
  | 'getConsolePhoto';

export function reviewRoutes(services: {
  readonly reviewQueue: ReviewQueue;
  readonly reviewDecisions: ReviewDecisions;
  readonly consolePhotos: ConsolePhotos;
}): HandlersOf<Ids> {
  const { reviewQueue, reviewDecisions, consolePhotos } = services;
  return {
    claimReview: async ({ caller, body }) => ok(await reviewQueue.claim(caller, body.ahead)),
    renewReview: ({ caller, params, body }) =>
      reviewQueue.renew(caller, { orderId: params.orderId, leaseId: body.leaseId }),
    releaseReview: async ({ caller, params, body }) =>
      ok(await reviewQueue.release(caller, { orderId: params.orderId, ...body })),
    approveReview: ({ caller, params, body }) =>
      reviewDecisions.decide(caller, { ...params, ...body, decision: 'approved' }),
    rejectReview: ({ caller, params, body }) =>
      reviewDecisions.decide(caller, { ...params, ...body, decision: 'rejected' }),
    async takeBackReview({ caller, params }) {
      const taken = await reviewDecisions.takeBack(caller, params.orderId);
      return taken.ok ? ok(null) : taken;
    },
    getConsolePhoto: ({ caller, order, params }) => consolePhotos.look(caller, order, params),
  };
}
