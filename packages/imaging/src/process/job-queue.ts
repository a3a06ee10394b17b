import type { Failure, PhotoProfile } from '@gradshot/domain';
import type { Extras, Guidance, Progress, Standardized } from '../api.ts';

/** Work for the imaging process, kept until it is answered. */
export type Job = {
  readonly id: number;
  readonly type: 'standardize' | 'guide';
  readonly source: Uint8Array;
  readonly profile: PhotoProfile;
  readonly also?: Extras | undefined;
  /** How many processes died with this job in hand. */
  crashes: number;
  readonly finish: (value: Standardized | Guidance) => void;
  readonly fail: (failure: Failure) => void;
  readonly onProgress: (progress: Progress) => void;
};

/**
 * Waiting and running jobs. A job that was in hand when a process died is a suspect: it runs alone
 * next time, so that it cannot take an innocent one down with it twice.
 */
export class JobQueue {
  readonly #waiting: Job[] = [];
  readonly #running = new Map<number, Job>();

  get size(): number {
    return this.#waiting.length + this.#running.size;
  }

  get running(): readonly Job[] {
    return [...this.#running.values()];
  }

  add(job: Job): void {
    this.#waiting.push(job);
  }

  find(id: number): Job | undefined {
    return this.#running.get(id);
  }

  /** Moves jobs that may start now to the running ones and returns them. */
  take(): Job[] {
    const started: Job[] = [];
    while (this.#mayStart(this.#waiting[0])) {
      const job = this.#waiting.shift()!;
      this.#running.set(job.id, job);
      started.push(job);
    }
    return started;
  }

  /** Forgets a job, wherever it is. True when it was running. */
  remove(id: number): boolean {
    const index = this.#waiting.findIndex((job) => job.id === id);
    if (index >= 0) this.#waiting.splice(index, 1);
    return this.#running.delete(id);
  }

  /** Puts the running jobs back to the front after a crash; returns those that had their retry. */
  requeueAfterCrash(maxCrashes: number): Job[] {
    const suspects = this.running;
    this.#running.clear();
    for (const job of suspects) job.crashes += 1;
    this.#waiting.unshift(...suspects.filter((job) => job.crashes < maxCrashes));
    return suspects.filter((job) => job.crashes >= maxCrashes);
  }

  /** Takes everything out. */
  drain(): Job[] {
    const all = [...this.running, ...this.#waiting.splice(0)];
    this.#running.clear();
    return all;
  }

  #mayStart(job: Job | undefined): boolean {
    if (!job) return false;
    if (this.#running.size === 0) return true;
    return job.crashes === 0 && this.running.every((other) => other.crashes === 0);
  }
}
