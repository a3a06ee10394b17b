import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What the thread of that file, beside this one, makes of `data`: it posts one answer, and is ended. */
export async function askThread<Answer>(file: string, data: object): Promise<Answer> {
  const worker = new Worker(join(import.meta.dirname, file), { workerData: data });
  try {
    const [answer] = (await once(worker, 'message')) as [Answer];
    return answer;
  } finally {
    await worker.terminate();
  }
}
