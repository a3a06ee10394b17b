import { fail, ORDER_STATE_TEXT, type OrderState, ok, type Result } from '@gradshot/domain';
import type { DeliveryView, OrderView } from '../../../shared/index.ts';
import { isAccepted, type LocalPhoto } from './ports.ts';
import type { Place } from './state.ts';

/** States in which a shot that only this station knows is ahead of the server. */
const BEFORE_SUBMISSION: readonly OrderState[] = [
  'pendingCapture',
  'pendingStandardization',
  'pendingSubmission',
  'rejected',
];

/** The order's state with the work counted in that has not reached the server yet. */
export function presentState(serverState: OrderState, photo: LocalPhoto | undefined): OrderState {
  if (!photo || !BEFORE_SUBMISSION.includes(serverState)) return serverState;
  if (photo.step === 'kept') return 'pendingStandardization';
  if (isAccepted(photo) || photo.step === 'handedIn') return 'pendingSubmission';
  return serverState;
}

export function withLocalWork(order: OrderView, photo: LocalPhoto | undefined): OrderView {
  const state = presentState(order.state, photo);
  return state === order.state ? order : { ...order, state };
}

/** Whether the graduate's next act is a new shot; a rejected order needs the server's word first. */
export type NextAct = 'pay' | 'retake' | Place;

/** Where 开始采集 leads; `order` is seen with its local work. */
export function nextAct(
  order: OrderView,
  photo: LocalPhoto | undefined,
  delivery: DeliveryView,
): Result<NextAct> {
  switch (order.state) {
    case 'pendingPayment':
      return ok('pay');
    case 'rejected':
      return ok('retake');
    case 'pendingCapture':
      return ok({ to: 'requirements', order });
    case 'pendingStandardization':
    case 'pendingSubmission':
      return ok(resume(order, photo, delivery));
    case 'cancelled':
    case 'refunding':
    case 'refunded':
      return fail('order.transitionForbidden', { state: ORDER_STATE_TEXT[order.state].zh });
    default:
      return ok(underWay(order, photo, delivery));
  }
}

/** Goes on with the shot that lies here; one made elsewhere is replaced by a new shot. */
function resume(order: OrderView, photo: LocalPhoto | undefined, delivery: DeliveryView): Place {
  if (photo?.step === 'kept') return { to: 'uploaded', order, shot: photo.shot };
  if (photo?.step === 'handedIn') return handedIn(order, photo, delivery);
  if (photo && isAccepted(photo) && photo.report) {
    const { shot, report, hasStandard } = photo;
    return { to: 'result', order, shot, report, hasStandard };
  }
  return { to: 'requirements', order };
}

/**
 * The server has the photo, and says which: a shot that was left here, or rejected, is not it when
 * the order was finished on another client.
 */
function underWay(order: OrderView, photo: LocalPhoto | undefined, delivery: DeliveryView): Place {
  const own = photo?.step === 'handedIn' || photo?.step === 'arrived' ? photo : undefined;
  const photoId = order.photoId ?? own?.shot.photoId;
  if (photoId === undefined || photoId !== photo?.shot.photoId)
    return { to: 'submitted', order, ...(photoId ? { photoId } : {}), delivery: 'delivered' };
  return handedIn(order, photo, delivery);
}

function handedIn(order: OrderView, photo: LocalPhoto | undefined, delivery: DeliveryView): Place {
  return photo
    ? { to: 'submitted', order, photoId: photo.shot.photoId, delivery }
    : { to: 'submitted', order, delivery };
}
