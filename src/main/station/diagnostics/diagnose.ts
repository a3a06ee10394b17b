import type { Result } from '@gradshot/domain';
import type { DiagnosticLine } from '../../../shared/index.ts';
import type { CameraReports } from '../devices/camera.ts';
import type { TetheredPortrait } from '../devices/tethered-portrait.ts';
import type { UsbDevices } from '../devices/usb-devices.ts';
import { timestamp } from '../ground/clock.ts';
import type { Core } from '../ground/core.ts';
import type { StationImaging } from '../imaging/standardizer.ts';
import type { OfflineCollection } from '../offline/offline-collection.ts';
import type { Printing } from '../printing/printing.ts';
import type { Scanners } from '../scanners/scanners.ts';
import { recoveryView } from '../store/recovery-view.ts';
import type { Store } from '../store/store.ts';
import type { ServerReach } from '../sync/server-side.ts';
import type { Tablets } from '../tablets/tablets.ts';
import { type DiagnosticsFile, diagnosticsFile } from './diagnostics-file.ts';
import { type Findings, runSelfTests } from './self-tests.ts';

export type Diagnosed = {
  readonly core: Core;
  readonly store: Store;
  readonly imaging: StationImaging;
  readonly camera: CameraReports;
  readonly portrait: TetheredPortrait;
  readonly usb: UsbDevices;
  readonly scanners: Pick<Scanners, 'look'>;
  readonly printing: Pick<Printing, 'look'>;
  readonly offline: Pick<OfflineCollection, 'view'>;
  readonly reach: Pick<ServerReach, 'link' | 'clock'>;
  readonly tablets: Pick<Tablets, 'view'>;
};

export async function diagnose(parts: Diagnosed): Promise<readonly DiagnosticLine[]> {
  return runSelfTests(await lookAround(parts));
}

async function lookAround(parts: Diagnosed): Promise<Findings> {
  const { core, store, imaging, camera, portrait } = parts;
  const offline = parts.offline.view();
  const { link, clock } = parts.reach;
  const reached = await link.asStation((client) => client.call('getStationSettings'));
  // Out of reach, what the server told last still holds.
  const settings = reached.ok ? reached.value : store.settings.get('serverSettings');
  return {
    profiles: settings?.batches,
    database: await store.upkeep.check().catch((error: Error) => error.message),
    freeBytes: await store.vault.freeBytes(),
    diskReserveBytes: core.timing.diskReserveBytes,
    keyOpens: opens(() => store.settings.installationId()),
    imaging: imaging.findings(),
    enrolled: reached.ok || reached.error.code !== 'station.notEnrolled',
    serverReached: link.enrolment() !== undefined && isAnswer(reached),
    clockSkewMs: clock.skewMs(),
    camera: camera.last(),
    tethered: portrait.view(),
    usb: await parts.usb.look(),
    scanners: parts.scanners.look(),
    printers: await parts.printing.look(),
    outbox: store.outbox.counts(),
    recovery: recoveryView(store),
    quarantined: store.quarantine.count(),
    offlineRoster: offline.roster,
    offlineConflicts: offline.conflicts,
    tablets: parts.tablets.view(),
  };
}

/** A refusal is an answer too. */
function isAnswer(result: Result<unknown>): boolean {
  return result.ok || !result.error.code.startsWith('network.');
}

function opens(sealed: () => string): boolean {
  try {
    return sealed() !== '';
  } catch {
    return false;
  }
}

const EXPORTED_EVENTS = 500;

export async function exportDiagnostics(parts: Diagnosed): Promise<DiagnosticsFile> {
  const { core, store } = parts;
  return diagnosticsFile({
    at: timestamp(core.clock),
    version: core.version,
    platform: `${process.platform} ${process.arch}`,
    lines: await diagnose(parts),
    events: store.events.latest(EXPORTED_EVENTS),
  });
}
