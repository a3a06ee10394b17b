import type { OrderView } from '../../../shared/index.ts';
import { mayShootAgain, type OrderStep, wrongStep } from './order-steps.ts';
import { agreeOnProfile } from './photo-standard.ts';
import { pictureType } from './picture-type.ts';
import {
  type At,
  begin,
  type Change,
  type Effects,
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
    (state, { student, order }, { picture, width, height }, fresh): Change => {
      if (!pictureType(picture)) return { refused: { code: 'photo.notAnImage' } };
      const shot = { photoId: fresh.id, width, height, capturedAt: fresh.at };
      return { state: show({ ...state, picture }, { step: 'reviewShot', student, order, shot }) };
    },
  ),

  'session.retake': rule<'session.retake', 'reviewShot' | 'uploaded' | 'result' | 'submitted'>(
    ['reviewShot', 'uploaded', 'result', 'submitted'],
    retake,
  ),

  'session.upload': rule<'session.upload', 'reviewShot'>(
    ['reviewShot'],
    (state, { student, order, shot }): Change => {
      if (!state.picture) return { refused: { code: 'photo.notFound' } };
      return begin(state, {
        kind: 'keepShot',
        input: { order, student, shot, picture: state.picture },
      });
    },
  ),

  'session.standardize': rule<'session.standardize', 'uploaded'>(
    ['uploaded'],
    (state, { student, order, shot }): Change =>
      begin(
        show(state, { step: 'standardizing', student, order, shot, progress: 0, stage: 'decode' }),
        { kind: 'standardize', input: { order, photoId: shot.photoId } },
      ),
  ),

  'session.cancelStandardize': rule<'session.cancelStandardize', 'standardizing'>(
    ['standardizing'],
    (state): Change => ({ state: standardizingStopped(state) }),
  ),

  'session.submit': rule<'session.submit', 'result'>(['result'], (state, view): Change => {
    if (!view.report.accepted)
      return {
        refused: { code: 'photo.notStandard', details: { reason: view.report.reason?.zh ?? '—' } },
      };
    const { order, shot } = view;
    return begin(state, { kind: 'submit', input: { order, photoId: shot.photoId } });
  }),
};

function retake(
  state: SessionState,
  view: At<'reviewShot' | 'uploaded' | 'result' | 'submitted'>,
): Change {
  const { student, order } = view;
  if (view.step === 'reviewShot')
    return { state: show({ ...state, picture: undefined }, { step: 'camera', student, order }) };
  if (view.step !== 'submitted') return supersede(state, order, view.shot.photoId);
  if (mayShootAgain(view))
    return begin(state, { kind: 'begin', input: { token: tokenOf(state), order } });
  // The server will never take a parked photo, so another one may replace it.
  const stuck = view.delivery === 'parked' && view.photoId !== undefined;
  return stuck && view.photoId ? supersede(state, order, view.photoId) : wrongStep();
}

function supersede(state: SessionState, order: OrderView, photoId: string): Change {
  // Else the photo would be given up for one that cannot be taken.
  const agreed = agreeOnProfile(order);
  if (!agreed.ok) return { refused: agreed.error };
  return begin(state, { kind: 'supersede', input: { order, photoId } });
}

export function shotKept(state: SessionState, order: OrderView): SessionState {
  const { student, shot } = state.view as At<'reviewShot'>;
  const next = { ...withOrder(state, order), picture: undefined };
  return show(next, { step: 'uploaded', student, order, shot });
}

export function standardized(
  state: SessionState,
  { order, report, hasStandard }: Effects['standardize']['value'],
): SessionState {
  const { student, shot } = state.view as At<'standardizing'>;
  return show(withOrder(state, order), {
    step: 'result',
    student,
    order,
    shot,
    report,
    hasStandard,
  });
}

/** Called off or gone wrong: the original is safe, so it can be tried again. */
export function standardizingStopped(state: SessionState): SessionState {
  const { student, order, shot } = state.view as At<'standardizing'>;
  return { ...show(state, { step: 'uploaded', student, order, shot }), running: undefined };
}

export function shotSuperseded(state: SessionState, order: OrderView): SessionState {
  const view = state.view as OrderStep;
  // From the last page the way leads through the requirements once more.
  const step = view.step === 'submitted' ? 'requirements' : 'camera';
  return show(withOrder(state, order), { step, student: view.student, order });
}

export function handedIn(
  state: SessionState,
  { order, delivery }: Effects['submit']['value'],
): SessionState {
  const { student, shot } = state.view as At<'result'>;
  return show(withOrder(state, order), {
    step: 'submitted',
    student,
    order,
    photoId: shot.photoId,
    delivery,
  });
}
