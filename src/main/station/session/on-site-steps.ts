import { type OnSiteRecord, spokenRecord } from '@gradshot/domain';
import { wrongStep } from './order-steps.ts';
import type { LocalPhoto } from './ports.ts';
import { type At, begin, type Change, rule, type SessionState } from './state.ts';

/** 现场核对: what staff say about the photo on screen, until it is handed in. */
export const onSiteRules = {
  'staff.recordOnSite': rule<'staff.recordOnSite', 'judged'>(['judged'], (state, view, said) =>
    record(state, view, { ...view.onSite, ...said }),
  ),
};

/** Nobody can say anything about a photo that could not be made. */
function record(state: SessionState, view: At<'judged'>, said: OnSiteRecord): Change {
  if (!view.hasStandard) return wrongStep();
  const { photoId } = view.shot;
  return begin(state, { kind: 'recordOnSite', input: { photoId, record: spokenRecord(said) } });
}

export function onSiteRecorded(state: SessionState, { onSite }: LocalPhoto): SessionState {
  const { onSite: _before, ...view } = state.view as At<'judged'>;
  return { ...state, view: onSite ? { ...view, onSite } : view };
}
