import type { Result } from '@gradshot/domain';
import { ok } from '@gradshot/domain';
import type { CommandPayload } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import type { EventLog } from '../store/event-log.ts';

/**
 * The webcam lives in the page (getUserMedia). It reports here how it fares, for staff and for the
 * self-test. A camera on the other side of a cable (DSLR) gets a port of its own when there is one.
 */
export type CameraReport = CommandPayload<'camera.report'> & { readonly at: number };

export type CameraReports = {
  report(report: CommandPayload<'camera.report'>): Result<null>;
  last(): CameraReport | undefined;
};

export function createCameraReports(clock: Clock, events: EventLog): CameraReports {
  let last: CameraReport | undefined;
  return {
    report(report) {
      // The page repeats itself while it retries; only a change is worth a line.
      if (report.state !== last?.state) events.note('camera.report', { state: report.state });
      last = { ...report, at: clock.now() };
      return ok(null);
    },
    last: () => last,
  };
}
