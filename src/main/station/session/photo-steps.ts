import type { BurstPlace, OrderView } from '../../../shared/index.ts';
import { frameAt, newBurst } from './burst.ts';
import { mayShootAgain, type OrderStep, wrongStep } from './order-steps.ts';
import { agreeOnProfile } from './photo-standard.ts';
import { pictureType } from './picture-type.ts';
import {
  type At,
  begin,
  type Change,
  type Effects,
  type Fresh,
  rule,
  type SessionState,
  show,
  tokenOf,
  withOrder,
} from './state.ts';

/** 拍照要求 → 拍照 → 上传 → 照片标准化 → 提交. */
export const photoRules = {
  'session.toCamera': rule<'session.toCamera', 'requirements'>(
    ['requirements'],
    (state, { student, order }): Change => {
      const agreed = agreeOnProfile(order);
      if (!agreed.ok) return { refused: agreed.error };
      return { state: show(state, { step: 'camera', student, order }) };
    },
  ),

  'session.takeShot': rule<'session.takeShot', 'camera'>(
    ['camera'],
    (state, { student, order }, { burst, ...taken }, fresh): Change => {
      const { picture, width, height } = taken;
      if (!pictureType(picture)) return { refused: { code: 'photo.notAnImage' } };
      const shot = { photoId: fresh.id, width, height, capturedAt: fresh.at };
      const next = { ...state, picture, burst: burst && newBurst(burst, taken) };
      return { state: show(next, { step: 'reviewShot', student, order, shot }) };
    },
  ),

  'staff.chooseFrame': rule<'staff.chooseFrame', 'reviewShot' | 'kept' | 'judged'>(
    ['reviewShot', 'kept', 'judged'],
    chooseFrame,
  ),

  'session.retake': rule<'session.retake', 'reviewShot' | 'kept' | 'judged' | 'handedIn'>(
    ['reviewShot', 'kept', 'judged', 'handedIn'],
    retake,
  ),

  'session.keep': rule<'session.keep', 'reviewShot'>(
    ['reviewShot'],
    (state, { student, order, shot }): Change => {
      if (!state.picture) return { refused: { code: 'photo.notFound' } };
      return begin(state, {
        kind: 'keep',
        input: { order, student, shot, picture: state.picture },
      });
    },
  ),

  'session.judge': rule<'session.judge', 'kept'>(
    ['kept'],
    (state, { student, order, shot }): Change =>
      begin(show(state, { step: 'judging', student, order, shot, progress: 0, stage: 'decode' }), {
        kind: 'judge',
        input: { order, photoId: shot.photoId },
      }),
  ),

  'session.stopJudging': rule<'session.stopJudging', 'judging'>(
    ['judging'],
    (state): Change => ({ state: judgingStopped(state) }),
  ),

  'session.handIn': rule<'session.handIn', 'judged'>(['judged'], (state, view): Change => {
    if (!view.accepted)
      return {
        refused: { code: 'photo.notStandard', details: { reason: view.report.reason?.zh ?? '—' } },
      };
    const { order, shot } = view;
    return begin(state, { kind: 'handIn', input: { order, photoId: shot.photoId } });
  }),
};

function retake(
  state: SessionState,
  view: At<'reviewShot' | 'kept' | 'judged' | 'handedIn'>,
): Change {
  const { student, order } = view;
  if (view.step === 'reviewShot')
    return { state: show({ ...state, picture: undefined }, { step: 'camera', student, order }) };
  if (view.step !== 'handedIn') return replacePhoto(state, order, view.shot.photoId);
  if (mayShootAgain(view))
    return begin(state, { kind: 'begin', input: { token: tokenOf(state), order } });
  // The server will never take a parked photo, so another one may replace it.
  const { local } = order;
  const stuck = !order.offline && local?.step === 'handedIn' && local.delivery === 'parked';
  return stuck ? replacePhoto(state, order, local.photoId) : wrongStep();
}

/**
 * The chosen frame takes the shot's place, under a name of its own. A photo that is stored already gives
 * way to it once it is stored too.
 */
function chooseFrame(
  state: SessionState,
  view: At<'reviewShot' | 'kept' | 'judged'>,
  place: BurstPlace,
  fresh: Fresh,
): Change {
  const { student, order, shot: before } = view;
  const frame = frameAt(state.burst, place);
  if (!state.burst || !frame) return { refused: { code: 'photo.notFound' } };
  if (place.frame === state.burst.chosen) return { state };
  const { picture, width, height } = frame;
  const shot = { photoId: fresh.id, width, height, capturedAt: before.capturedAt };
  const burst = { ...state.burst, chosen: place.frame, byStaff: true };
  const next = show({ ...state, picture, burst }, { step: 'reviewShot', student, order, shot });
  if (view.step === 'reviewShot') return { state: next };
  // Else the photo would be given up for one that cannot be taken.
  const agreed = agreeOnProfile(order);
  if (!agreed.ok) return { refused: agreed.error };
  return begin({ ...next, held: view }, { kind: 'keep', input: { order, student, shot, picture } });
}

function replacePhoto(state: SessionState, order: OrderView, photoId: string): Change {
  // Else the photo would be given up for one that cannot be taken.
  const agreed = agreeOnProfile(order);
  if (!agreed.ok) return { refused: agreed.error };
  return begin(state, { kind: 'replace', input: { order, photoId } });
}

export function photoKept(state: SessionState, order: OrderView): SessionState {
  const { student, shot } = state.view as At<'reviewShot'>;
  const next = { ...withOrder(state, order), picture: undefined };
  return show(next, { step: 'kept', student, order, shot });
}

export function photoJudged(
  state: SessionState,
  { order, report, hasStandard, accepted }: Effects['judge']['value'],
): SessionState {
  const { student, shot } = state.view as At<'judging'>;
  return show(withOrder(state, order), {
    step: 'judged',
    student,
    order,
    shot,
    report,
    hasStandard,
    accepted,
  });
}

/** Called off or gone wrong: the original is safe, so it can be tried again. */
export function judgingStopped(state: SessionState): SessionState {
  const { student, order, shot } = state.view as At<'judging'>;
  return { ...show(state, { step: 'kept', student, order, shot }), running: undefined };
}

export function photoReplaced(state: SessionState, order: OrderView): SessionState {
  const view = state.view as OrderStep;
  // From the last page the way leads through the requirements once more.
  const step = view.step === 'handedIn' ? 'requirements' : 'camera';
  return show(withOrder(state, order), { step, student: view.student, order });
}

export function photoHandedIn(state: SessionState, order: OrderView): SessionState {
  const { student, shot } = state.view as At<'judged'>;
  return show(withOrder(state, order), {
    step: 'handedIn',
    student,
    order,
    photoId: shot.photoId,
  });
}
