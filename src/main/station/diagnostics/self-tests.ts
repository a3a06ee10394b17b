import { errorSentence, type Language, OFFLINE_ROSTER_DAYS } from '@gradshot/domain';
import {
  type DiagnosticLine,
  type RecoveryView,
  recoverySentence,
  type TabletsView,
  type TetheredView,
  tetheredAdvice,
  type UsbDeviceView,
  usbKindText,
} from '../../../shared/index.ts';
import type { CameraReport } from '../devices/camera.ts';
import type { UsbFindings } from '../devices/usb-devices.ts';
import type { ImagingFindings } from '../imaging/standardizer.ts';
import type { PrinterFinding } from '../printing/staff-prints.ts';
import type { ScannerFinding } from '../scanners/scanners.ts';
import { type AnnouncedProfile, agreeOnProfile } from '../session/photo-standard.ts';
import type { OutboxCounts } from '../store/outbox.ts';
import { lookAtPrinters } from './printer-test.ts';
import { lookAtProviders } from './provider-test.ts';
import { lookAtScanners } from './scanner-test.ts';
import { lookAtTablets } from './tablet-test.ts';

/** What the self-tests look at; each is asked once per run. */
export type Findings = {
  /** SQLite's own `quick_check`: `ok` or the first complaint. */
  readonly database: string;
  readonly freeBytes: number;
  readonly diskReserveBytes: number;
  readonly keyOpens: boolean;
  readonly imaging: ImagingFindings;
  readonly enrolled: boolean;
  readonly serverReached: boolean;
  readonly clockSkewMs: number | undefined;
  readonly camera: CameraReport | undefined;
  /** The camera that takes the photo, where it is not the page's own. */
  readonly tethered: TetheredView | undefined;
  /** Undefined where the bus cannot be seen. */
  readonly usb: UsbFindings | undefined;
  /** Those that are read as bytes, or should be; a scanner that types is none of them. */
  readonly scanners: readonly ScannerFinding[];
  /** Of the chosen ones; empty where none is. */
  readonly printers: readonly PrinterFinding[];
  readonly outbox: OutboxCounts;
  readonly recovery: RecoveryView | undefined;
  /** Sealed pictures that nothing explains. */
  readonly quarantined: number;
  /** Of the open batches, as the server told last; undefined before it told anything. */
  readonly profiles: readonly AnnouncedProfile[] | undefined;
  /** By which new graduates start without the server; undefined where none is kept. */
  readonly offlineRoster: { readonly people: number; readonly ageDays: number } | undefined;
  /** Visits that the server has refused to confirm. */
  readonly offlineConflicts: number;
  readonly tablets: Pick<TabletsView, 'listener' | 'paired'>;
};

export type Verdict = Pick<DiagnosticLine, 'level' | 'zh' | 'en'>;
type SelfTest = {
  readonly number: number;
  readonly code: string;
  look(findings: Findings): Verdict;
};

const pass = (zh: string, en: string): Verdict => ({ level: 'pass', zh, en });
const warn = (zh: string, en: string): Verdict => ({ level: 'warn', zh, en });
const broken = (zh: string, en: string): Verdict => ({ level: 'fail', zh, en });

const GIGABYTE = 1024 ** 3;
/** WeChat Pay and certificates tolerate minutes; records should not be off by one. */
const SKEW_WARN_MS = 30_000;
const SKEW_FAIL_MS = 5 * 60_000;

/** Numbers are named on the telephone, so they never change meaning; new tests get new ones. */
export const SELF_TESTS: readonly SelfTest[] = [
  {
    number: 1,
    code: 'database',
    look: ({ database }) =>
      database === 'ok'
        ? pass('本机数据库完好。', 'The local database is sound.')
        : broken(
            '本机数据库有损坏，请停止使用并联系技术支持。',
            'The local database is damaged. Stop using the station and call support.',
          ),
  },
  { number: 2, code: 'disk.space', look: lookAtDisk },
  {
    number: 3,
    code: 'key',
    look: ({ keyOpens }) =>
      keyOpens
        ? pass('本机密钥可用。', 'The local key works.')
        : broken(
            '本机密钥无法使用，请恢复密钥文件。',
            'The local key fails. Restore the key file.',
          ),
  },
  { number: 4, code: 'imaging', look: lookAtImaging },
  {
    number: 5,
    code: 'enrolment',
    look: ({ enrolled }) =>
      enrolled
        ? pass('本机已登记。', 'The station is enrolled.')
        : broken('本机尚未登记，请输入登记码。', 'The station is not enrolled. Enter a code.'),
  },
  {
    number: 6,
    code: 'server',
    look: ({ serverReached }) =>
      serverReached
        ? pass('服务器连接正常。', 'The server answers.')
        : broken(
            '连接不上服务器，请检查网线、网络和服务器地址；已完成的照片保存在本机，会自动发送。',
            'The server cannot be reached. Check cable, network and address; finished photos are kept and sent later.',
          ),
  },
  { number: 7, code: 'clock', look: lookAtClock },
  { number: 8, code: 'camera', look: lookAtCamera },
  { number: 9, code: 'usb', look: lookAtUsb },
  { number: 10, code: 'outbox', look: lookAtOutbox },
  { number: 11, code: 'profile', look: lookAtProfiles },
  { number: 12, code: 'imaging.provider', look: lookAtProviders },
  { number: 13, code: 'recovery', look: lookAtRecovery },
  { number: 14, code: 'quarantine', look: lookAtQuarantine },
  { number: 15, code: 'printers', look: lookAtPrinters },
  { number: 16, code: 'offlineRoster', look: lookAtOfflineRoster },
  { number: 17, code: 'tablets', look: lookAtTablets },
  { number: 18, code: 'scanners', look: lookAtScanners },
];

export function runSelfTests(findings: Findings): readonly DiagnosticLine[] {
  return SELF_TESTS.map(({ number, code, look }) => ({ number, code, ...look(findings) }));
}

/** A roster that is not renewed for so long is near its end. */
const ROSTER_WARN_DAYS = 7;

function lookAtOfflineRoster({ offlineRoster, offlineConflicts }: Findings): Verdict {
  if (offlineConflicts > 0)
    return warn(
      `有 ${offlineConflicts} 个离线采集没有通过核验，请在「待发送」中处理。`,
      `${offlineConflicts} offline visits were not confirmed. Settle them under To send.`,
    );
  if (!offlineRoster)
    return pass('本机没有断网备用名单。', 'No roster is kept for days without a network.');
  const { people, ageDays } = offlineRoster;
  const left = OFFLINE_ROSTER_DAYS - ageDays;
  return ageDays >= ROSTER_WARN_DAYS
    ? warn(
        `断网备用名单已 ${ageDays} 天没有更新，${left} 天后自动删除，请让本机联网。`,
        `The roster was not renewed for ${ageDays} days and is deleted in ${left}. Let the station go online.`,
      )
    : pass(
        `断网备用名单 ${people} 人，${ageDays} 天前更新。`,
        `The roster has ${people} people and was renewed ${ageDays} days ago.`,
      );
}

function lookAtDisk({ freeBytes, diskReserveBytes }: Findings): Verdict {
  const free = (freeBytes / GIGABYTE).toFixed(1);
  if (freeBytes < diskReserveBytes)
    return broken(
      `磁盘只剩 ${free} GB，已停止拍照，请清理磁盘。`,
      `Only ${free} GB are free and no photo is taken any more. Free some space.`,
    );
  return freeBytes < 4 * diskReserveBytes
    ? warn(`磁盘剩余 ${free} GB，请尽快清理。`, `${free} GB are free. Clear some space soon.`)
    : pass(`磁盘剩余 ${free} GB。`, `${free} GB are free.`);
}

function lookAtImaging({ imaging }: Findings): Verdict {
  // Names the file when a model is missing, changed or unfit.
  if (imaging.failure?.details)
    return broken(errorSentence(imaging.failure, 'zh'), errorSentence(imaging.failure, 'en'));
  if (imaging.error)
    return broken(
      `照片处理程序异常（${imaging.error}），请重新启动；仍不行请重新安装。`,
      `Imaging has failed (${imaging.error}). Restart; if that does not help, install again.`,
    );
  return imaging.ready
    ? pass(
        `照片处理正常：${imaging.models} 个模型，${imaging.provider}。`,
        `Imaging works: ${imaging.models} models, ${imaging.provider}.`,
      )
    : warn('照片处理程序正在启动，请稍候。', 'Imaging is starting. Wait a moment.');
}

function lookAtClock({ clockSkewMs }: Findings): Verdict {
  if (clockSkewMs === undefined)
    return warn('尚未与服务器核对时间。', 'The clock has not been compared with the server yet.');
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  const zh = `本机时间与服务器相差 ${seconds} 秒`;
  const en = `The clock differs from the server’s by ${seconds} s`;
  if (seconds * 1000 > SKEW_FAIL_MS)
    return broken(`${zh}，请校准系统时间。`, `${en}. Set the system time.`);
  return seconds * 1000 > SKEW_WARN_MS
    ? warn(`${zh}，建议开启自动校时。`, `${en}. Turn on automatic time.`)
    : pass(`${zh}。`, `${en}.`);
}

function lookAtCamera({ camera, tethered }: Findings): Verdict {
  if (tethered) return lookAtTethered(tethered);
  if (!camera)
    return warn(
      '摄像头没有应答，请检查连线和权限，然后在本机屏幕上重新运行自检。',
      'The camera has not answered. Check cable and permission, then run the test again here.',
    );
  return camera.state === 'ready'
    ? pass('摄像头正常。', 'The camera works.')
    : broken(
        `摄像头异常（${camera.state}），请检查连接、权限和占用。`,
        `The camera fails (${camera.state}). Check cable, permission and other programs.`,
      );
}

function lookAtTethered({ source, state }: TetheredView): Verdict {
  if (state.kind === 'opening')
    return warn(
      '相机正在连接，请稍候再运行自检。',
      'The camera is being opened. Run the test again.',
    );
  if (state.kind === 'failed')
    return broken(tetheredAdvice(state.code, 'zh'), tetheredAdvice(state.code, 'en'));
  return source.kind === 'watchFolder'
    ? pass(
        `照片取自文件夹「${state.label}」，可以读取。`,
        `Photos come from the folder “${state.label}”, which can be read.`,
      )
    : pass(`相机正常：${state.label}。`, `The camera works: ${state.label}.`);
}

/** Never well while something is missing that staff expect: it would be found out by a graduate. */
function lookAtUsb({ usb }: Findings): Verdict {
  if (!usb)
    return warn(
      '看不到本机的 USB 设备，没有核对。',
      'The USB devices of this machine cannot be seen and were not compared.',
    );
  const { seen, compared } = usb;
  if (!compared)
    return warn(
      `已接：${named(seen, 'zh')}。请在设备接齐时点【记住当前设备】，以后缺少会有提示。`,
      `Plugged in: ${named(seen, 'en')}. Press “Remember these devices” when all are, and what is missing will be told.`,
    );
  const { missing, foreign } = compared;
  if (missing.length > 0)
    return broken(
      `缺少：${named(missing, 'zh')}，请检查连线和电源${foreign.length > 0 ? `；多出：${named(foreign, 'zh')}` : ''}。`,
      `Missing: ${named(missing, 'en')}. Check cable and power${foreign.length > 0 ? `. Not expected: ${named(foreign, 'en')}` : ''}.`,
    );
  if (foreign.length > 0)
    return warn(
      `设备齐全，但多出：${named(foreign, 'zh')}。来历不明的请拔下，本机要用的请重新点【记住当前设备】。`,
      `All are there, and besides: ${named(foreign, 'en')}. Unplug what is unknown, or remember the devices again.`,
    );
  return pass(`设备齐全：${named(seen, 'zh')}。`, `All are there: ${named(seen, 'en')}.`);
}

/** A line is read out on the telephone: it names so many and counts the rest. */
const NAMED = 6;

function named(devices: readonly UsbDeviceView[], language: Language): string {
  const zh = language === 'zh';
  if (devices.length === 0) return zh ? '没有设备' : 'nothing';
  const names = devices.slice(0, NAMED).map(({ kind, name }) => {
    const word = usbKindText(kind, language);
    return zh ? `${word}「${name}」` : `${word} “${name}”`;
  });
  const more = devices.length - names.length;
  const rest = zh ? ` 等 ${devices.length} 件` : ` and ${more} more`;
  return names.join(zh ? '、' : ', ') + (more > 0 ? rest : '');
}

function lookAtOutbox({ outbox: { waiting, parked } }: Findings): Verdict {
  if (parked > 0)
    return broken(
      `有 ${parked} 项发送被搁置，请在待发送列表中查看原因并重试。`,
      `${parked} deliveries are parked. See the reasons in the queue and retry.`,
    );
  return waiting > 0
    ? warn(`有 ${waiting} 项等待发送。`, `${waiting} deliveries are waiting.`)
    : pass('没有等待发送的内容。', 'Nothing waits to be delivered.');
}

function lookAtRecovery({ recovery }: Findings): Verdict {
  if (!recovery) return pass('上次启动没有发现数据损坏。', 'The last start found no damage.');
  return broken(recoverySentence(recovery, 'zh'), recoverySentence(recovery, 'en'));
}

function lookAtQuarantine({ quarantined }: Findings): Verdict {
  if (quarantined === 0) return pass('没有来历不明的照片文件。', 'No picture file is unexplained.');
  return warn(
    `有 ${quarantined} 个加密照片文件打不开或对不上订单，已隔离保存，不会自动上传；请不要清理数据文件夹，并联系技术支持。`,
    `${quarantined} sealed picture files cannot be opened or belong to no order. They are kept apart and not sent. Leave the data folder as it is and call support.`,
  );
}

function lookAtProfiles({ profiles }: Findings): Verdict {
  if (!profiles)
    return warn(
      '尚未从服务器得到照片标准，请先联网。',
      'The server has not told its photo standard yet. Connect the station first.',
    );
  for (const profile of profiles) {
    const agreed = agreeOnProfile(profile);
    if (!agreed.ok)
      return broken(errorSentence(agreed.error, 'zh'), errorSentence(agreed.error, 'en'));
  }
  return pass('照片标准与服务器一致。', 'The photo standard is the server’s.');
}
