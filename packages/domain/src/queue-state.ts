/**
 * Where somebody stands in a station's queue who has checked in there. `handedBack`: the visit ended
 * without 提交, so that they wait again, at their place.
 */
export const QUEUE_STATES = [
  'waiting',
  'called',
  'inVisit',
  'handedBack',
  'absent',
  'done',
] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

/** Who waits in turn. */
export const IN_LINE = ['waiting', 'handedBack'] as const satisfies readonly QueueState[];
