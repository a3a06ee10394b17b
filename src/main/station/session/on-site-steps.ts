import {
  beyondRelease,
  type Failure,
  holdsPersonalNumber,
  MACHINE_CHECKS,
  type MachineCheckCode,
  mayRelease,
  type OnSiteRecord,
  refusedBy,
  spokenRecord,
} from '@gradshot/domain';
import { wrongStep } from './order-steps.ts';
import {
  type At,
  begin,
  type Change,
  type Effects,
  rule,
  type SessionState,
  withOrder,
} from './state.ts';

/** 现场核对: what staff say about the photo on screen, until it is handed in. */
export const onSiteRules = {
  'staff.recordOnSite': rule<'staff.recordOnSite', 'judged'>(
    ['judged'],
    (state, view, said): Change => {
      if (holdsPersonalNumber(said.note ?? ''))
        return { refused: { code: 'onSite.personalNumber' } };
      return record(state, view, { ...view.onSite, ...said });
    },
  ),

  /** 工作人员放行. Said again, the later reason counts. */
  'staff.releasePhoto': rule<'staff.releasePhoto', 'judged'>(
    ['judged'],
    (state, view, { cause, text }, { at }): Change => {
      if (holdsPersonalNumber(text)) return { refused: { code: 'onSite.personalNumber' } };
      if (!mayRelease(view.report)) return { refused: releaseForbidden(view) };
      const checks = refusedBy(view.report) as MachineCheckCode[];
      const release = { checks, cause, ...(text === '' ? {} : { text }), at };
      return record(state, view, { ...view.onSite, release });
    },
  ),
};

/** Nobody can say anything about a photo that could not be made. */
function record(state: SessionState, view: At<'judged'>, said: OnSiteRecord): Change {
  if (!view.hasStandard) return wrongStep();
  const { order, shot } = view;
  const input = { order, photoId: shot.photoId, record: spokenRecord(said) };
  return begin(state, { kind: 'recordOnSite', input });
}

function releaseForbidden({ report }: At<'judged'>): Failure {
  const names = beyondRelease(report).map((code) =>
    Object.hasOwn(MACHINE_CHECKS, code)
      ? MACHINE_CHECKS[code as MachineCheckCode].zh
      : (report.reason?.zh ?? code),
  );
  const checks = names.join('、') || '—';
  return { code: 'onSite.releaseForbidden', details: { checks } };
}

export function onSiteRecorded(
  state: SessionState,
  { order, photo }: Effects['recordOnSite']['value'],
): SessionState {
  const { onSite: _before, ...view } = state.view as At<'judged'>;
  const said = { ...view, order, accepted: photo.accepted === true };
  const { onSite } = photo;
  return { ...withOrder(state, order), view: onSite ? { ...said, onSite } : said };
}
