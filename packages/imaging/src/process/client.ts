import { type Failure, ok, type PhotoProfile, type Result } from '@gradshot/domain';
import type { Engine, EngineInfo, Guidance, Standardized, StandardizeOptions } from '../api.ts';
import { failedGuidance, failedStandardization } from './failed-jobs.ts';
import { type Job, JobQueue } from './job-queue.ts';
import {
  type ImagingState,
  type JobReply,
  ProcessSupervisor,
  type SupervisorOptions,
} from './supervisor.ts';

export type ImagingProcessOptions = Pick<SupervisorOptions, 'spawn' | 'engine'> &
  Partial<
    Pick<
      SupervisorOptions,
      'backOffMs' | 'maxBackOffMs' | 'startTimeoutMs' | 'onAvoid' | 'onIncident'
    >
  > & {
    /** A job that takes longer hangs: the process is killed, which counts as a crash. */
    readonly jobTimeoutMs?: number;
  };

/** For diagnostics. */
export type ImagingHealth = {
  readonly state: ImagingState;
  readonly pid: number | undefined;
  /** Processes started after the first. */
  readonly restarts: number;
  /** Jobs waiting or running. */
  readonly jobs: number;
  /** How the last process that died ended ("SIGKILL", "code 139"). */
  readonly lastCrash: string | undefined;
  /** Why the engine refused to start. */
  readonly refusal: Failure | undefined;
  /** Providers that took a process down, with the reason. */
  readonly avoidedProviders: Readonly<Record<string, string>>;
};

export type ImagingProcess = Engine & {
  /** The engine's facts once it runs, or why it cannot. */
  ready(): Promise<Result<EngineInfo>>;
  health(): ImagingHealth;
};

/** The job in hand gets one more try. */
const MAX_CRASHES = 2;

const DEFAULTS = {
  backOffMs: 250,
  maxBackOffMs: 30_000,
  jobTimeoutMs: 60_000,
  startTimeoutMs: 120_000,
  onAvoid: () => {},
  onIncident: () => {},
} as const;

/** `info` until the engine has opened for the first time. */
const NOT_YET_OPEN: EngineInfo = { provider: 'cpu', trials: [], models: {}, engineVersion: '' };

/**
 * The engine in a process of its own. onnxruntime and the image decoders are native code: when
 * they crash, this process lives on, another one is started, and the job in hand is tried once
 * more before it is answered with `imaging.crashed`. `info` is empty until `ready()` settles.
 */
export function createImagingProcess(options: ImagingProcessOptions): ImagingProcess {
  return new ProcessEngine(options);
}

class ProcessEngine implements ImagingProcess {
  readonly #supervisor: ProcessSupervisor;
  readonly #jobTimeoutMs: number;
  readonly #onIncident: (incident: string) => void;
  readonly #jobs = new JobQueue();
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #waiters: ((result: Result<EngineInfo>) => void)[] = [];
  #info = NOT_YET_OPEN;
  #refusal: Failure | undefined;
  #nextId = 1;

  constructor(given: ImagingProcessOptions) {
    const options = { ...DEFAULTS, ...given };
    this.#jobTimeoutMs = options.jobTimeoutMs;
    this.#onIncident = options.onIncident;
    this.#supervisor = new ProcessSupervisor(options, {
      opened: (info) => this.#opened(info),
      refused: (failure) => this.#refused(failure),
      reply: (reply) => this.#receive(reply),
      crashed: (hopeless) => this.#crashed(hopeless),
      isBusy: () => this.#jobs.running.length > 0,
    });
    this.#supervisor.start();
  }

  get info(): EngineInfo {
    return this.#info;
  }

  health(): ImagingHealth {
    return { ...this.#supervisor.facts, jobs: this.#jobs.size, refusal: this.#refusal };
  }

  ready(): Promise<Result<EngineInfo>> {
    if (this.#supervisor.state === 'ready') return Promise.resolve(ok(this.#info));
    const error = this.#unavailable();
    if (error) return Promise.resolve({ ok: false, error });
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  standardize(source: Uint8Array, options: StandardizeOptions): Promise<Standardized> {
    const failed = (failure: Failure) =>
      failedStandardization(failure, options.profile, this.#info);
    return this.#submit<Standardized>('standardize', source, options, failed);
  }

  guide(frame: Uint8Array, profile: PhotoProfile): Promise<Guidance> {
    return this.#submit<Guidance>('guide', frame, { profile }, failedGuidance);
  }

  async close(): Promise<void> {
    const closed = this.#supervisor.close();
    this.#giveUp({ code: 'imaging.cancelled' });
    await closed;
  }

  #submit<T extends Standardized | Guidance>(
    type: Job['type'],
    source: Uint8Array,
    { profile, also, signal, onProgress = () => {} }: StandardizeOptions,
    failed: (failure: Failure) => T,
  ): Promise<T> {
    const unavailable = this.#unavailable();
    if (unavailable) return Promise.resolve(failed(unavailable));
    if (signal?.aborted) return Promise.reject(abortError());
    return new Promise<T>((resolve, reject) => {
      const id = this.#nextId++;
      const cancel = () => {
        this.#cancel(id);
        reject(abortError());
      };
      const finish = (value: T) => {
        signal?.removeEventListener('abort', cancel);
        resolve(value);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#jobs.add({
        id,
        type,
        source,
        profile,
        also,
        crashes: 0,
        onProgress,
        finish: (value) => finish(value as T),
        fail: (failure) => finish(failed(failure)),
      });
      this.#dispatch();
    });
  }

  #unavailable(): Failure | undefined {
    const { state } = this.#supervisor;
    if (state === 'closed') return { code: 'imaging.cancelled' };
    return state === 'refused' ? this.#refusal : undefined;
  }

  #cancel(id: number): void {
    if (this.#jobs.remove(id)) this.#supervisor.send({ type: 'cancel', id });
    this.#stopTimer(id);
    this.#dispatch();
  }

  #opened(info: EngineInfo): void {
    this.#info = info;
    this.#settleWaiters(ok(info));
    this.#dispatch();
  }

  #refused(failure: Failure): void {
    this.#refusal = failure;
    this.#giveUp(failure);
  }

  #receive(reply: JobReply): void {
    const job = this.#jobs.find(reply.id);
    // A job that was cancelled has been answered already.
    if (reply.type === 'progress') job?.onProgress(reply.progress);
    else this.#answered(reply.id, () => job && settle(job, reply));
    if (reply.type === 'threw') this.#onIncident(`the imaging engine threw: ${reply.message}`);
  }

  #answered(id: number, settleJob: () => void): void {
    this.#jobs.remove(id);
    this.#stopTimer(id);
    this.#supervisor.worked();
    settleJob();
    this.#dispatch();
  }

  #dispatch(): void {
    if (this.#supervisor.state !== 'ready') return;
    for (const { id, type, source, profile, also } of this.#jobs.take()) {
      this.#supervisor.send({ type, id, source, profile, also });
      this.#timers.set(
        id,
        setTimeout(() => this.#hung(type), this.#jobTimeoutMs),
      );
    }
  }

  #hung(type: Job['type']): void {
    this.#onIncident(`${type} took over ${this.#jobTimeoutMs} ms`);
    this.#supervisor.kill();
  }

  #crashed(hopeless: boolean): void {
    for (const job of this.#jobs.running) this.#stopTimer(job.id);
    const lost = this.#jobs.requeueAfterCrash(MAX_CRASHES);
    for (const job of lost) job.fail({ code: 'imaging.crashed' });
    if (hopeless) this.#giveUp({ code: 'imaging.crashed' });
  }

  /** Answers everything that waits with a failure. */
  #giveUp(failure: Failure): void {
    for (const job of this.#jobs.drain()) {
      this.#stopTimer(job.id);
      job.fail(failure);
    }
    this.#settleWaiters({ ok: false, error: failure });
  }

  #settleWaiters(result: Result<EngineInfo>): void {
    for (const resolve of this.#waiters.splice(0)) resolve(result);
  }

  #stopTimer(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }
}

function settle(job: Job, reply: Exclude<JobReply, { type: 'progress' }>): void {
  if (reply.type === 'threw') job.fail({ code: 'server.internal' });
  else if (reply.type === 'aborted') job.fail({ code: 'imaging.cancelled' });
  else job.finish(reply.value);
}

function abortError(): DOMException {
  return new DOMException('The photo was cancelled.', 'AbortError');
}
