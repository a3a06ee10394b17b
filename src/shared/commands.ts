import {
  MAX_CANDIDATES,
  MAX_ON_SITE_NOTE,
  MAX_RELEASE_TEXT,
  ON_SITE_ANSWERS,
  ON_SITE_QUESTIONS,
  RELEASE_CAUSE_CODES,
  type ReleaseCause,
  type Result,
} from '@gradshot/domain';
import { z } from 'zod';
import { cameraChoice, cameraTask } from './cameras.ts';
import { calendarDay, dayReport } from './day-report.ts';
import { guidance } from './guidance.ts';
import { discardCause } from './offline.ts';
import { PACES } from './pace.ts';
import { MAX_PHOTO_FILE_HEAD, photoFileView, savedPart, stickOutcome } from './photo-stick.ts';
import { portraitFinding, portraitSource } from './portrait-source.ts';
import { printerChoice, printerView, printOutcome, staffPrint } from './printing.ts';
import { burstPlace, liveFrame, SHUTTER_STATES } from './screens.ts';
import type { StationSnapshot } from './snapshot.ts';
import { tabletName, tabletPort } from './tablets.ts';
import { usbDevice } from './usb-devices.ts';

/**
 * Every command of the station. Both shells register handlers only through this table, so that
 * payloads are checked in one place; the renderer's calls are typed by it.
 */

const nothing = z.object({}).strict();
/** 60 MiB, the server's own bound of an original. */
export const MAX_SHOT_BYTES = 60 * 1024 * 1024;
/** A sealed shot or standard photo: label and seal go around it. */
const MAX_SEALED_SHOT_BYTES = MAX_SHOT_BYTES + 512 * 1024;
const MAX_SEALED_STANDARD_BYTES = 2 * 1024 * 1024;
/** The largest bytes that one command carries. */
export const MAX_COMMAND_BYTES = MAX_SEALED_SHOT_BYTES + MAX_SEALED_STANDARD_BYTES;
/** A preview frame is a 720p JPEG; 4 MiB is far above one. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;

const bytes = (max: number) =>
  z.instanceof(Uint8Array).refine((data) => data.byteLength > 0 && data.byteLength <= max);

const photoId = z.uuid();

const shot = {
  picture: bytes(MAX_SHOT_BYTES),
  width: z.int().positive(),
  height: z.int().positive(),
};
const picture = z.object({ type: z.string(), data: z.instanceof(Uint8Array) });

/** Longer than any QR code can hold. */
const MAX_PAYLOAD = 4096;
const payload = z.string().min(1).max(MAX_PAYLOAD);
const codePayload = z.union([
  z.strictObject({ payload }),
  z.strictObject({ payloadBase64: z.base64().min(4).max(MAX_PAYLOAD) }),
]);
/** `picture` and `typed` are for staff, at their desk. */
const codeSource = z.enum(['camera', 'scanner', 'picture', 'typed']);

export const outboxEntry = z.object({
  id: z.string(),
  kind: z.string(),
  orderNo: z.string(),
  attempts: z.int(),
  state: z.enum(['queued', 'sending', 'parked']),
  lastError: z.string().optional(),
  /** Fills the error's sentence; nothing personal in it. */
  lastErrorDetails: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  createdAt: z.string(),
});
export type OutboxEntryView = z.infer<typeof outboxEntry>;

/** Numbered self-test; `zh`/`en` say what was found and what to do. Nothing personal in it. */
export const diagnosticLine = z.object({
  number: z.int(),
  code: z.string(),
  level: z.enum(['pass', 'warn', 'fail']),
  zh: z.string(),
  en: z.string(),
});
export type DiagnosticLine = z.infer<typeof diagnosticLine>;

/** A shell with a dialog of its own saves a file, else the page gets it to save. */
const fileOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('given'), fileName: z.string(), text: z.string() }),
  z.object({ outcome: z.literal('saved') }),
  z.object({ outcome: z.literal('cancelled') }),
]);

/** How a fee was taken at the desk. */
export const deskPayment = z.discriminatedUnion('method', [
  z.object({ method: z.literal('cash'), receiptNo: z.string().min(1).max(80) }).strict(),
  z.object({ method: z.literal('school') }).strict(),
]);
export type DeskPayment = z.infer<typeof deskPayment>;

/** `joined`: the code of who was called and had to show one. */
const checkedIn = z.object({
  number: z.string(),
  outcome: z.enum(['new', 'already', 'joined']),
});
export type CheckedIn = z.infer<typeof checkedIn>;

/** Somebody of the school's roster. */
const rosterPerson = z.object({
  entryId: z.uuid(),
  /** The same for one person, whatever they are found by; older servers tell none. */
  personId: z.string().optional(),
  maskedName: z.string(),
  /** The last characters of the 学号. */
  studentNumberEnd: z.string(),
  college: z.string().optional(),
  className: z.string().optional(),
});
export type RosterPersonView = z.infer<typeof rosterPerson>;

/** A class as a roster names it; either name may be empty. */
const rosterClass = z.object({
  batchId: z.uuid(),
  batchName: z.string(),
  college: z.string().max(200),
  className: z.string().max(200),
  people: z.int(),
});
export type RosterClassView = z.infer<typeof rosterClass>;

const done = z.null();
const command = <P extends z.core.$ZodType, R extends z.core.$ZodType>(
  payload: P,
  response: R,
) => ({
  payload,
  response,
});

export const COMMANDS = {
  /** The present snapshot, for a page that has just loaded. */
  'station.snapshot': command(nothing, z.custom<StationSnapshot>()),
  'station.setLanguage': command(z.object({ language: z.enum(['zh', 'en']) }).strict(), done),
  /** Somebody touched the screen: restart the idle clock. */
  'station.touch': command(nothing, done),
  'failure.dismiss': command(nothing, done),

  /** 立即进入. */
  'session.enter': command(nothing, done),
  'session.back': command(nothing, done),
  /** Leave: clears the visit; finished work stays queued. */
  'session.leave': command(nothing, done),
  /**
   * `payload`: from what gives text alone, a hand scanner or a keyboard. `codes`: what was read in a
   * picture or before the camera; they are looked up one after the other until one is known.
   */
  'session.submitCode': command(
    z.union([
      z.strictObject({ payload, source: codeSource }),
      z.strictObject({
        codes: z.array(codePayload).min(1).max(MAX_CANDIDATES),
        source: codeSource,
      }),
    ]),
    done,
  ),
  /** The renderer could not find a code in a picture; shows the sentence with advice. */
  'session.codeUnreadable': command(nothing, done),
  'session.confirmLastFour': command(
    z.object({ lastFour: z.string().min(1).max(12) }).strict(),
    done,
  ),
  /** 进入采集. */
  'session.openOrder': command(z.object({ orderId: z.uuid() }).strict(), done),
  /** 开始采集: goes where the order's state says. */
  'session.beginOrder': command(nothing, done),
  /** 立即支付, with the consents that were ticked. */
  'session.pay': command(
    z.object({ consents: z.array(z.enum(['service', 'faceProcessing'])).max(2) }).strict(),
    done,
  ),
  'session.refreshPayment': command(nothing, done),
  'session.cancelOrder': command(nothing, done),
  /** 在手机上继续: shows a QR code for the companion client; 换一个 when its time is over. */
  'session.handOver': command(nothing, done),
  'session.closeHandover': command(nothing, done),
  /** Requirements read: to the camera. */
  'session.toCamera': command(nothing, done),
  /** 拍照: an encoded picture at the camera's native resolution; `burst`: it is one of several. */
  'session.takeShot': command(
    z.object({ ...shot, burst: burstPlace.exactOptional() }).strict(),
    done,
  ),
  /** 重拍. */
  'session.retake': command(nothing, done),
  /** 上传: the original is stored safely. */
  'session.keep': command(nothing, done),
  /** 照片标准化. */
  'session.judge': command(nothing, done),
  'session.stopJudging': command(nothing, done),
  /** 提交. */
  'session.handIn': command(nothing, done),

  /** Encoded bytes of a picture of the present session. */
  'picture.read': command(
    z.object({ photoId, kind: z.enum(['original', 'standard']) }).strict(),
    picture,
  ),
  /** Live hints for one preview frame. */
  'camera.guide': command(z.object({ frame: bytes(MAX_FRAME_BYTES) }).strict(), guidance),
  /** The renderer's camera failed or came back; kept for diagnostics. */
  'camera.report': command(
    z
      .object({
        state: z.enum([
          'ready',
          'camera.notFound',
          'camera.denied',
          'camera.busy',
          'camera.frozen',
        ]),
        label: z.string().max(200).optional(),
      })
      .strict(),
    done,
  ),
  /** Kept for every later visit, also over a restart. */
  'camera.choose': command(z.object({ task: cameraTask, camera: cameraChoice }).strict(), done),
  /** Another frame of the burst that the shot on screen is of, for staff to choose from. */
  'camera.spareFrame': command(z.object({ ...shot, burst: burstPlace }).strict(), done),
  /** How the shutter of the page at the camera stands. */
  'camera.shutterState': command(z.object({ state: z.enum(SHUTTER_STATES) }).strict(), done),
  /** The page at the camera takes on a press from the desk; nobody can after it. */
  'camera.obeyShutter': command(z.object({ press: z.int() }).strict(), done),
  /** The page that waits for a code takes on what a scanner has read; nobody can after it. */
  'scanner.takeCode': command(z.object({ read: z.int() }).strict(), codePayload),
  /** Presses the shutter of a tethered camera; its picture goes on like every other. */
  'camera.capture': command(nothing, done),
  /** 打印凭条 or 打印排版照 of the order on screen: answered when it is printed, or cannot be. */
  'print.receipt': command(nothing, printOutcome),
  'print.sheet': command(nothing, printOutcome),

  // Staff. Guarded by the staff PIN that the station was enrolled with.
  'staff.enrol': command(
    z
      .object({
        serverUrl: z.url(),
        code: z.string().min(6).max(64),
        name: z.string().min(1).max(60),
        /** Chosen now, asked for whenever the staff page is opened; 4–12 digits. */
        pin: z.string().regex(/^\d{4,12}$/),
      })
      .strict(),
    done,
  ),
  'staff.unlock': command(z.object({ pin: z.string().max(12) }).strict(), done),
  'staff.lock': command(nothing, done),
  /** 逐步 or 快速, at once and over restarts. */
  'staff.setPace': command(z.object({ pace: z.enum(PACES) }).strict(), done),
  /** How loud the station speaks, 0 for not at all. */
  'staff.setVoice': command(z.object({ volume: z.number().min(0).max(1) }).strict(), done),
  /** Where photos come from, at once and over restarts. */
  'staff.setPortraitSource': command(z.object({ source: portraitSource }).strict(), done),
  /** Looks whether a source works, before it is chosen. */
  'staff.tryPortraitSource': command(
    z.object({ source: portraitSource }).strict(),
    portraitFinding,
  ),
  /**
   * What staff say about the photo on screen; the answers and the note, each sent whole, take the place
   * of what was said before. An empty note takes it back; without one it stays.
   */
  /** What staff are writing just then; without a note while it may not be kept. */
  'staff.draftNote': command(
    z.object({ photoId, note: z.string().max(MAX_ON_SITE_NOTE).exactOptional() }).strict(),
    done,
  ),
  'staff.recordOnSite': command(
    z
      .object({
        answers: z.partialRecord(z.enum(ON_SITE_QUESTIONS), z.enum(ON_SITE_ANSWERS)),
        note: z.string().trim().max(MAX_ON_SITE_NOTE).exactOptional(),
      })
      .strict(),
    done,
  ),
  /** 工作人员放行: takes the photo on screen although the machine refused it. */
  'staff.releasePhoto': command(
    z
      .object({
        cause: z.enum(RELEASE_CAUSE_CODES as [ReleaseCause, ...ReleaseCause[]]),
        text: z.string().trim().max(MAX_RELEASE_TEXT),
      })
      .strict()
      .refine(({ cause, text }) => cause !== 'other' || text !== ''),
    done,
  ),
  /** 解除锁定, for the visitor before the last four characters, whose ID staff have seen. */
  'staff.liftLock': command(nothing, done),
  /** The latest frame before the camera, where it is newer than the one that was seen. */
  'staff.liveFrame': command(z.object({ seen: z.int() }).strict(), liveFrame.nullable()),
  /** Presses the shutter of the page at the camera; pressed again meanwhile it is the same press. */
  'staff.pressShutter': command(nothing, done),
  /** One frame of the burst on screen. */
  'staff.readFrame': command(burstPlace, picture),
  /** Takes another frame of the burst on screen in place of the present one. */
  'staff.chooseFrame': command(burstPlace, done),
  /** 学生屏: whether the shell opens one on a second display, at once and over restarts. */
  'staff.setSecondScreen': command(z.object({ on: z.boolean() }).strict(), done),
  /** 平板: whether tablets on the same network reach the station, at once and over restarts. */
  'staff.setTablets': command(
    z.object({ on: z.boolean(), port: tabletPort.exactOptional() }).strict(),
    done,
  ),
  /** 配对新平板: a code for one tablet, good for five minutes; a new one takes its place. */
  'staff.openPairing': command(z.object({ name: tabletName }).strict(), done),
  'staff.closePairing': command(nothing, done),
  /** 解除配对: at once, also where it is connected. */
  'staff.unpairTablet': command(z.object({ id: z.uuid() }).strict(), done),
  /** 现金收款 or 校方统付 for the order before the payment; `receiptNo` of what was given for cash. */
  'staff.recordPayment': command(deskPayment, done),
  /** Somebody checks in at the desk by the 采集码. */
  'staff.queueCheckIn': command(codePayload, checkedIn),
  /** Looks somebody up in the school's roster: by 学号, 考生号, or name from its second character on. */
  'staff.queueSearch': command(
    z.object({ text: z.string().trim().min(2).max(40) }).strict(),
    z.object({ people: z.array(rosterPerson), more: z.boolean() }),
  ),
  /** Checks in whom the last search found. */
  'staff.queueAdd': command(z.object({ entryId: z.uuid() }).strict(), checkedIn),
  /** 叫下一位, or somebody out of turn. */
  'staff.queueCall': command(z.object({ id: z.uuid().optional() }).strict(), done),
  /** 过号: who was called is not there. */
  'staff.queueMiss': command(z.object({ id: z.uuid() }).strict(), done),
  /** Begins the visit of who was called. */
  'staff.queueBegin': command(z.object({ id: z.uuid() }).strict(), done),
  /** 手机到场: whether graduates may check in by their phones. */
  'staff.setArrivals': command(z.object({ open: z.boolean() }).strict(), done),
  /** The classes of the school's rosters. */
  'staff.classes': command(nothing, z.array(rosterClass)),
  /** 按名单拍摄: works through this class from now on; the same one again is brought up to date. */
  'staff.openClass': command(
    rosterClass.pick({ batchId: true, college: true, className: true }).strict(),
    done,
  ),
  'staff.closeClass': command(nothing, done),
  /** Whoever is here is called, and begins where no 采集码 has to be shown first. */
  'staff.beginOfClass': command(
    z.object({ entryId: z.uuid() }).strict(),
    z.object({ begun: z.boolean() }),
  ),
  /** 缺席, and taken back. */
  'staff.markAbsent': command(z.object({ entryId: z.uuid(), absent: z.boolean() }).strict(), done),
  /** Who is absent, as a table for the class teacher. */
  'staff.saveAbsentees': command(nothing, fileOutcome),
  /** Finds people in the roster that is kept for days without a network: by 学号, 考生号 or name, whole. */
  'staff.offlineSearch': command(
    z.object({ text: z.string().trim().min(2).max(40) }).strict(),
    z.object({ people: z.array(rosterPerson), more: z.boolean() }),
  ),
  /** Says who stands before the screen with a code that cannot be looked up now. */
  'staff.identify': command(z.object({ entryId: z.uuid() }).strict(), done),
  /** 重新核对 of what could not be confirmed: the graduate's code, shown anew, and the last four. */
  'staff.confirmOffline': command(
    z.object({ id: z.uuid(), payload, lastFour: z.string().min(4).max(12) }).strict(),
    done,
  ),
  /** 舍弃: its photo is deleted here, and never sent. */
  'staff.discardOffline': command(z.object({ id: z.uuid(), cause: discardCause }).strict(), done),
  'staff.outbox': command(nothing, z.array(outboxEntry)),
  'staff.retryParked': command(z.object({ id: z.string() }).strict(), done),
  /** What was put right at a start has been seen. */
  'staff.acknowledgeRecovery': command(nothing, done),
  /** What was done on a day at this station. */
  'staff.dayReport': command(z.object({ day: calendarDay }).strict(), dayReport),
  /** The same as a table for a spreadsheet. */
  'staff.saveDayReport': command(z.object({ day: calendarDay }).strict(), fileOutcome),
  /** The printers that the shell can reach; none where the browser prints by its own dialog. */
  'staff.printers': command(nothing, z.array(printerView)),
  /** Which printer does what, at once and over restarts. */
  'staff.choosePrinter': command(printerChoice, done),
  /** 当日汇总 or 打印测试页. */
  'staff.print': command(staffPrint, printOutcome),
  /** 再打一次: what a graduate printed, only while the visit is there. */
  'staff.printAgain': command(z.object({ jobId: z.uuid() }).strict(), printOutcome),
  /** 另存为 PDF, of what a job printed or should have. */
  'staff.savePrint': command(z.object({ jobId: z.uuid() }).strict(), printOutcome),
  'staff.diagnostics': command(nothing, z.array(diagnosticLine)),
  /** What of a station's equipment is plugged in. */
  'staff.usbDevices': command(nothing, z.array(usbDevice)),
  /** 记住当前设备: what is plugged in now is expected from now on. */
  'staff.rememberUsbDevices': command(nothing, z.array(usbDevice)),
  /** The self-tests and the latest events as a file for support; nothing personal in it. */
  'staff.exportDiagnostics': command(nothing, fileOutcome),
  /** One file of unsent photos, sealed, for a USB stick; nothing is taken away here. */
  'staff.savePhotos': command(z.object({ part: z.int().min(1).max(1000) }).strict(), savedPart),
  /** What is in such a file, by its first bytes. */
  'staff.readPhotoFile': command(
    z.object({ head: bytes(MAX_PHOTO_FILE_HEAD) }).strict(),
    photoFileView,
  ),
  /** Sends one photo of such a file on to the server. */
  'staff.handInPhoto': command(
    z
      .object({
        installationId: z.uuid(),
        photoId,
        originalSha256: z.string().regex(/^[0-9a-f]{64}$/),
        standardSha256: z.string().regex(/^[0-9a-f]{64}$/),
        original: bytes(MAX_SEALED_SHOT_BYTES),
        standard: bytes(MAX_SEALED_STANDARD_BYTES),
      })
      .strict(),
    z.object({ outcome: stickOutcome }),
  ),

  // Sample mode alone: drives the simulators from the dev dock.
  'dev.setFault': command(
    z
      .object({
        fault: z.enum(['offline', 'slowNetwork', 'diskFull', 'imagingCrash']),
        on: z.boolean(),
      })
      .strict(),
    done,
  ),
  'dev.faults': command(nothing, z.array(z.string())),
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandPayload<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['payload']>;
export type CommandResponse<N extends CommandName> = z.infer<(typeof COMMANDS)[N]['response']>;

export type CommandHandlers = {
  readonly [N in CommandName]: (payload: CommandPayload<N>) => Promise<Result<CommandResponse<N>>>;
};

/** What both shells put on `window.station`. */
export type StationBridge = {
  invoke<N extends CommandName>(
    name: N,
    payload: CommandPayload<N>,
  ): Promise<Result<CommandResponse<N>>>;
  /** Called with every new snapshot; returns the unsubscribe function. */
  subscribe(listener: (snapshot: StationSnapshot) => void): () => void;
  /** Of a page that can lose the station: called with whether it is reached, now and at every change. */
  watchConnection?(listener: (reached: boolean) => void): void;
  /** Which shell runs; `closable`: the window may be closed from the interface. */
  readonly shell: 'electron' | 'browser';
};
