import type { Result } from '@gradshot/domain';
import type { Engine, EngineOptions } from '../api.ts';
import type { HostPort, HostRequest, OpenOptions } from './protocol.ts';

export type CreateEngine = (options: EngineOptions) => Promise<Result<Engine>>;

type Job = Extract<HostRequest, { type: 'standardize' | 'guide' }>;

/**
 * Answers requests on `port` with an engine until told to close or left alone; `exit` ends the
 * process then. Runs inside the imaging process.
 */
export function serveEngine(port: HostPort, createEngine: CreateEngine, exit: () => void): void {
  let engine: Engine | undefined;
  const running = new Map<number, AbortController>();

  const open = async (options: OpenOptions) => {
    const created = await createEngine({
      ...options,
      onProviderTrial: (provider) => port.post({ type: 'trial', provider }),
    });
    if (created.ok) {
      engine = created.value;
      port.post({ type: 'opened', info: engine.info });
    } else {
      port.post({ type: 'refused', failure: created.error });
    }
  };

  const close = async () => {
    for (const controller of running.values()) controller.abort();
    await engine?.close();
    exit();
  };

  const run = async (job: Job) => {
    const controller = new AbortController();
    running.set(job.id, controller);
    try {
      if (!engine) throw new Error('the engine is not open');
      await runJob(port, engine, job, controller.signal);
    } catch (error) {
      port.post(controller.signal.aborted ? { type: 'aborted', id: job.id } : threw(job, error));
    } finally {
      running.delete(job.id);
    }
  };

  port.onRequest((request) => {
    if (request.type === 'open') open(request.options);
    else if (request.type === 'cancel') running.get(request.id)?.abort();
    else if (request.type === 'close') close();
    else run(request);
  });
  port.onDisconnect(exit);
}

async function runJob(port: HostPort, engine: Engine, job: Job, signal: AbortSignal) {
  const { id, source, profile } = job;
  if (job.type === 'guide') {
    port.post({ type: 'guided', id, value: await engine.guide(source, profile) });
    return;
  }
  const value = await engine.standardize(source, {
    profile,
    signal,
    ...(job.also ? { also: job.also } : {}),
    onProgress: (progress) => port.post({ type: 'progress', id, progress }),
  });
  port.post({ type: 'standardized', id, value });
}

function threw({ id }: Job, error: unknown) {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { type: 'threw', id, message } as const;
}
