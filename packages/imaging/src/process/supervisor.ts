import type { Failure } from '@gradshot/domain';
import type { EngineInfo } from '../api.ts';
import type { HostReply, HostRequest, ImagingChild, OpenOptions } from './protocol.ts';

export type SupervisorOptions = {
  /** Starts one process: `forkImagingChild`, or `adoptUtilityProcess` around Electron's fork. */
  readonly spawn: () => ImagingChild;
  readonly engine: OpenOptions;
  /** Delay before the first respawn, milliseconds; doubles with every crash in a row. */
  readonly backOffMs: number;
  readonly maxBackOffMs: number;
  /** Called when a provider is to be avoided from now on, with all of them. */
  readonly onAvoid: (avoided: Readonly<Record<string, string>>) => void;
  /** A start, or a provider's trial, that takes longer hangs: the process is killed. */
  readonly startTimeoutMs: number;
  /** For the log: crashes, refusals and bugs, without any picture. */
  readonly onIncident: (incident: string) => void;
};

/** Replies that belong to a job. */
export type JobReply = Exclude<HostReply, { type: 'trial' | 'opened' | 'refused' }>;

export type SupervisorEvents = {
  opened(info: EngineInfo): void;
  refused(failure: Failure): void;
  reply(reply: JobReply): void;
  /** `hopeless`: several processes in a row died before one ever opened. */
  crashed(hopeless: boolean): void;
  /** Whether jobs are in hand, asked when a process has died. */
  isBusy(): boolean;
};

export type ImagingState = 'starting' | 'ready' | 'waiting' | 'refused' | 'closed';

/** Processes that die in a row before one opens; then waiting jobs are not kept any longer. */
const MAX_FAILED_STARTS = 3;
/** Crashes with a job in hand after which a graphics provider is left for the CPU. */
const MAX_PROVIDER_CRASHES = 2;
/** Time for the engine to let go of its models before the process is killed. */
const CLOSE_GRACE_MS = 3000;

/** Keeps one imaging process alive: starts it, starts it again with growing delays, ends it. */
export class ProcessSupervisor {
  readonly #options: SupervisorOptions;
  readonly #events: SupervisorEvents;
  readonly #avoided: Record<string, string>;
  #state: ImagingState = 'starting';
  #child: ImagingChild | undefined;
  #respawn: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #provider: EngineInfo['provider'] = 'cpu';
  /** The provider on trial, and so the one to blame for a crash. */
  #trial: EngineInfo['provider'] | undefined;
  #lastCrash: string | undefined;
  #crashesInRow = 0;
  #failedStarts = 0;
  #providerCrashes = 0;
  #restarts = 0;
  #exited: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: SupervisorOptions, events: SupervisorEvents) {
    this.#options = options;
    this.#events = events;
    this.#avoided = { ...options.engine.avoidProviders };
  }

  get state(): ImagingState {
    return this.#state;
  }

  get facts() {
    return {
      state: this.#state,
      pid: this.#child?.pid,
      restarts: this.#restarts,
      lastCrash: this.#lastCrash,
      avoidedProviders: { ...this.#avoided },
    };
  }

  start(): void {
    const child = this.#options.spawn();
    this.#child = child;
    this.#state = 'starting';
    this.#trial = undefined;
    child.onReply((reply) => this.#receive(reply));
    child.onExit((how) => this.#ended(how));
    this.#waitForSign();
    const avoidProviders = this.#avoided;
    child.post({ type: 'open', options: { ...this.#options.engine, avoidProviders } });
  }

  send(request: HostRequest): void {
    this.#child?.post(request);
  }

  /** Ends a process that hangs; what follows is the same as after a crash. */
  kill(): void {
    this.#child?.kill();
  }

  /** A job was answered: the next crash is a first one again. */
  worked(): void {
    this.#crashesInRow = 0;
  }

  /** Settles when the process has ended, for everybody who asked. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#respawn);
    clearTimeout(this.#patience);
    const child = this.#child;
    if (!child) return;
    const exited = new Promise<void>((resolve) => {
      this.#exited = resolve;
    });
    child.post({ type: 'close' });
    const timer = setTimeout(() => child.kill(), CLOSE_GRACE_MS);
    await exited;
    clearTimeout(timer);
  }

  #receive(reply: HostReply): void {
    if (this.#state === 'closed') return;
    if (reply.type === 'trial') this.#tries(reply.provider);
    else if (reply.type === 'opened') this.#opened(reply.info);
    else if (reply.type === 'refused') this.#refused(reply.failure);
    else this.#events.reply(reply);
  }

  #tries(provider: EngineInfo['provider']): void {
    this.#trial = provider;
    this.#waitForSign();
  }

  /** A driver can hang as well as crash; the next sign of life must come in time. */
  #waitForSign(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#options.onIncident('the imaging process hangs at its start');
      this.kill();
    }, this.#options.startTimeoutMs);
  }

  #opened(info: EngineInfo): void {
    clearTimeout(this.#patience);
    this.#trial = undefined;
    this.#failedStarts = 0;
    this.#provider = info.provider;
    this.#state = 'ready';
    this.#events.opened(info);
  }

  #refused(failure: Failure): void {
    clearTimeout(this.#patience);
    this.#state = 'refused';
    this.#options.onIncident(`the imaging engine does not start: ${failure.code}`);
    this.#events.refused(failure);
    this.send({ type: 'close' });
  }

  #ended(how: string): void {
    this.#child = undefined;
    clearTimeout(this.#patience);
    if (this.#state === 'closed') this.#exited?.();
    if (this.#state === 'closed' || this.#state === 'refused') return;
    this.#lastCrash = how;
    this.#options.onIncident(`the imaging process ended: ${how}`);
    this.#blameProvider();
    if (this.#state === 'starting') this.#failedStarts += 1;
    this.#respawnLater();
    this.#events.crashed(this.#failedStarts >= MAX_FAILED_STARTS);
  }

  /** Leaves a provider that killed the process while it was tried, or again and again at work. */
  #blameProvider(): void {
    if (this.#trial) this.#avoid(this.#trial, 'its trial ended the imaging process');
    const wasWorking = this.#state === 'ready' && this.#events.isBusy();
    if (this.#trial || this.#provider === 'cpu' || !wasWorking) return;
    this.#providerCrashes += 1;
    if (this.#providerCrashes < MAX_PROVIDER_CRASHES) return;
    this.#avoid(this.#provider, 'it ended the imaging process repeatedly');
    this.#providerCrashes = 0;
  }

  #avoid(provider: string, why: string): void {
    this.#avoided[provider] = `${why} (${this.#lastCrash})`;
    this.#options.onAvoid({ ...this.#avoided });
  }

  #respawnLater(): void {
    this.#state = 'waiting';
    const { backOffMs, maxBackOffMs } = this.#options;
    const delay = Math.min(maxBackOffMs, backOffMs * 2 ** this.#crashesInRow);
    this.#crashesInRow += 1;
    this.#respawn = setTimeout(() => {
      this.#restarts += 1;
      this.start();
    }, delay);
  }
}
