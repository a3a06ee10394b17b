import {
  type DeliveryState,
  fail,
  ORDER_STATE_TEXT,
  ok,
  type Result,
  type StepAhead,
} from '@gradshot/domain';
import { journeyOfOrder, type LocalPhotoView, type OrderView } from '../../../shared/index.ts';
import { isAccepted, type LocalPhoto } from './ports.ts';
import type { Place } from './state.ts';

/** What lies here of an order's photo and is ahead of the server. */
export function localView(
  photo: LocalPhoto | undefined,
  deliveryOf: (photoId: string) => DeliveryState,
): LocalPhotoView | undefined {
  const step = photo && stepAhead(photo);
  if (!step) return undefined;
  const { photoId } = photo.shot;
  if (step !== 'handedIn') return { photoId, step };
  return { photoId, step, delivery: deliveryOf(photoId) };
}

/** A photo that a check refused is none to go on with. */
function stepAhead(photo: LocalPhoto): StepAhead | undefined {
  if (photo.step === 'kept' || photo.step === 'handedIn') return photo.step;
  return isAccepted(photo) ? 'judged' : undefined;
}

export function withLocal(order: OrderView, local: LocalPhotoView | undefined): OrderView {
  const { local: _before, ...rest } = order;
  return local ? { ...rest, local } : rest;
}

/** Whether the graduate's next act is a new shot; a rejected order needs the server's word first. */
export type NextAct = 'pay' | 'retake' | Place;

/** Where 开始采集 leads; `order` is seen with its local work. */
export function nextAct(order: OrderView, photo: LocalPhoto | undefined): Result<NextAct> {
  const { state } = journeyOfOrder(order);
  switch (state) {
    case 'pendingPayment':
      return ok('pay');
    case 'rejected':
      return ok('retake');
    case 'pendingCapture':
      return ok({ to: 'requirements', order });
    case 'pendingStandardization':
    case 'pendingSubmission':
      return ok(resume(order, photo));
    case 'cancelled':
    case 'refunding':
    case 'refunded':
      return fail('order.transitionForbidden', { state: ORDER_STATE_TEXT[state].zh });
    default:
      return ok(underWay(order, photo));
  }
}

/** Goes on with the shot that lies here; one made elsewhere is replaced by a new shot. */
function resume(order: OrderView, photo: LocalPhoto | undefined): Place {
  const step = order.local?.step;
  if (!photo || !step) return { to: 'requirements', order };
  const { shot, report, hasStandard, onSite } = photo;
  if (step === 'kept' || !report) return { to: 'kept', order, shot };
  if (step === 'judged')
    return {
      ...{ to: 'judged', order, shot, report, hasStandard, accepted: isAccepted(photo) },
      ...(onSite ? { onSite } : {}),
    };
  return { to: 'handedIn', order, photoId: shot.photoId };
}

/**
 * The server has the photo, and says which: a shot that was left here, or rejected, is not it when
 * the order was finished on another client.
 */
function underWay(order: OrderView, photo: LocalPhoto | undefined): Place {
  const own = photo?.step === 'handedIn' || photo?.step === 'arrived' ? photo : undefined;
  const photoId = order.photoId ?? own?.shot.photoId;
  return photoId === undefined ? { to: 'handedIn', order } : { to: 'handedIn', order, photoId };
}
