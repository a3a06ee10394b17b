import { EventEmitter } from 'node:events';

/** What one part tells whoever listens, so that none is made before what it needs. */
type StationEventMap = {
  /** The snapshot is out of date. */
  changed: [];
  /** There is more to deliver. */
  queued: [];
  /** The server answers again. */
  serverBack: [];
};

export type StationEvents = EventEmitter<StationEventMap>;

export function createStationEvents(): StationEvents {
  return new EventEmitter<StationEventMap>();
}
