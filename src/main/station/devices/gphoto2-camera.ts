import { fail, ok, type Result } from '@gradshot/domain';
import { MAX_SHOT_BYTES, type TetheredFailure } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import { detectedCamera, meaningOf } from './gphoto2-speech.ts';
import { type Command, type ProgramEnd, type ProgramRun, runProgram } from './program-run.ts';
import type { ShotEar, TetheredCamera, TetheredOptions } from './tethered-camera.ts';
import { wholeJpeg } from './whole-jpeg.ts';

type Gphoto2Options = TetheredOptions & {
  readonly clock: Clock;
  /** Where it is not found by its name on the system's path. */
  readonly command?: Command;
  /** Milliseconds that a call may take. */
  readonly patience?: Partial<typeof PATIENCE_MS>;
  readonly run?: typeof runProgram;
};

/** A camera wakes up within seconds; a long exposure and a large file on USB 2 take longer. */
const PATIENCE_MS = { look: 15_000, capture: 30_000 };
/** While it works, only whether it is still plugged in. */
const AT_WORK_MS = 8000;
/** Growing from try to try. */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 8000;
const TABLE_BYTES = 256 * 1024;
const MEGABYTE = 1024 * 1024;

const DETECT = ['--auto-detect'];
/** Opens the camera, so that it is known before anybody pays whether another program has it. */
const OPEN = ['--summary'];
/** Over a pipe, so that no photo lies on the disk unsealed; a RAW file would come down the same pipe. */
const CAPTURE = ['--capture-image-and-download', '--stdout', '--keep-raw'];

/**
 * A camera on the cable, worked by the program gphoto2, which is not part of this one. One call at a
 * time: two would take the camera from each other.
 */
export function createGphoto2Camera(options: Gphoto2Options): TetheredCamera {
  const { clock, onState, command = ['gphoto2'], run = runProgram } = options;
  const patience = { ...PATIENCE_MS, ...options.patience };
  let running = false;
  let worked = false;
  let opened: string | undefined;
  let told: string | undefined;
  let attempt = 0;
  let cancelNext = () => {};
  let ear: ShotEar | undefined;
  let present: ProgramRun | undefined;
  let capturing = false;
  /** Numbers the starts: what an earlier one finds out no longer counts. */
  let started = 0;
  let probing = false;
  let last: Promise<unknown> = Promise.resolve();

  /** Waits for its turn; undefined where nobody wants it any more when it comes. */
  const call = (
    args: readonly string[],
    limits: { ms: number; outputBytes: number },
    wanted = () => true,
  ): Promise<ProgramEnd | undefined> => {
    const turn = last.then(async () => {
      if (!wanted()) return undefined;
      present = run(command, args, limits);
      return present.end.finally(() => {
        present = undefined;
      });
    });
    last = turn;
    return turn;
  };
  const looking = { ms: patience.look, outputBytes: TABLE_BYTES };
  const detect = async (): Promise<Result<string>> => {
    const end = await call(DETECT, looking);
    const failure = failureOf(end);
    if (failure) return fail(failure);
    const model = detectedCamera(textOf(end));
    return model === undefined ? fail('camera.notFound') : ok(model);
  };
  const openCamera = async (): Promise<Result<null>> => {
    const failure = failureOf(await call(OPEN, looking));
    return failure ? fail(failure) : ok(null);
  };

  const ready = (label: string) => {
    worked = true;
    attempt = 0;
    opened = label;
    if (told === `ready ${label}`) return;
    told = `ready ${label}`;
    onState({ kind: 'ready', label });
    ear?.ready();
  };
  const failed = (code: TetheredFailure) => {
    opened = undefined;
    if (told === code) return;
    told = code;
    onState({ kind: 'failed', code, lost: worked });
  };
  const retryMs = () => Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt++);

  const probe = async () => {
    if (probing) return;
    probing = true;
    cancelNext();
    const mine = started;
    const found = await detect();
    const open = found.ok && found.value !== opened ? await openCamera() : found;
    if (!running || mine !== started) return;
    probing = false;
    if (open.ok && found.ok) ready(found.value);
    else if (!open.ok) failed(open.error.code as TetheredFailure);
    cancelNext = clock.after(opened === undefined ? retryMs() : AT_WORK_MS, () => void probe());
  };

  const capture = async (): Promise<Result<null>> => {
    if (capturing) return fail('station.busy');
    const asked = ear;
    if (!asked) return fail('station.wrongStep');
    capturing = true;
    const isWanted = () => running && ear === asked;
    const limits = { ms: patience.capture, outputBytes: MAX_SHOT_BYTES };
    const end = await call(CAPTURE, limits, isWanted);
    capturing = false;
    if (!end || !isWanted()) {
      if (end) options.onStray(1);
      return fail('station.wrongStep');
    }
    return shotFrom(end, asked);
  };
  const shotFrom = (end: ProgramEnd, asked: ShotEar): Result<null> => {
    if (end.kind === 'tooMuch')
      return fail('photo.tooLargeBytes', { limitMb: MAX_SHOT_BYTES / MEGABYTE });
    const picture = end.kind === 'ended' ? end.output : undefined;
    const size = picture && wholeJpeg(picture);
    if (picture && size) {
      asked.shot({ picture, ...size });
      return ok(null);
    }
    const code = captureFailure(end);
    if (code !== 'camera.captureFailed' && code !== 'camera.pictureIncomplete') {
      failed(code);
      void probe();
    }
    return fail(code);
  };

  return {
    start() {
      started += 1;
      running = true;
      probing = false;
      worked = false;
      told = undefined;
      opened = undefined;
      attempt = 0;
      onState({ kind: 'opening' });
      void probe();
    },
    stop() {
      running = false;
      ear = undefined;
      cancelNext();
      present?.kill();
    },
    listen(next) {
      ear = next;
      if (opened) next.ready();
      return () => {
        if (ear === next) ear = undefined;
      };
    },
    capture,
    wake() {
      attempt = 0;
      if (running) void probe();
    },
    async look() {
      const found = await detect();
      const open = found.ok ? await openCamera() : found;
      if (!open.ok) return fail(open.error.code);
      return found.ok ? ok({ label: found.value }) : found;
    },
  };
}

function textOf(end: ProgramEnd | undefined): string {
  return end?.kind === 'ended' ? Buffer.from(end.output).toString('utf8') : '';
}

function failureOf(end: ProgramEnd | undefined): TetheredFailure | undefined {
  if (end?.kind === 'missing') return 'camera.programMissing';
  if (end?.kind !== 'ended') return 'camera.noAnswer';
  if (end.exitCode === 0) return undefined;
  return meaningOf(end.complaint) ?? 'camera.noAnswer';
}

/** It also ends as if all were well when a camera could not focus: then there is no picture. */
function captureFailure(end: ProgramEnd): TetheredFailure {
  if (end.kind !== 'ended') return failureOf(end) ?? 'camera.captureFailed';
  const meant = meaningOf(end.complaint);
  if (meant) return meant;
  const began = end.output[0] === 0xff && end.output[1] === 0xd8;
  return began ? 'camera.pictureIncomplete' : 'camera.captureFailed';
}
