import { z } from 'zod';

/**
 * The messages between the start program and a browser-shell process. The address holds a key, so
 * it goes over the process's own channel, never through a file or a log.
 */
export type FromShell =
  | { readonly kind: 'ready' }
  | { readonly kind: 'address'; readonly address: string };

const toShell = z.discriminatedUnion('kind', [
  /** Asks for an address; `once`: it is handed to a browser's command line. */
  z.object({ kind: z.literal('address'), once: z.boolean() }),
  z.object({ kind: z.literal('close') }),
]);
export type ToShell = z.infer<typeof toShell>;

export type Supervised = {
  address(options: { readonly once: boolean }): string;
  close(): Promise<void>;
};

/**
 * Runs the shell until the supervisor says close or goes away, or a signal comes. Without a
 * supervisor (started by hand) the address is printed.
 */
export async function answerSupervisor(run: () => Promise<Supervised>): Promise<void> {
  const shell = await run().catch((error: unknown) => failToStart(error));
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    await shell.close();
    process.exit(0);
  };
  process.on('message', (message) => {
    const wish = toShell.parse(message);
    if (wish.kind === 'close') return void close();
    tell({ kind: 'address', address: shell.address({ once: wish.once }) });
  });
  for (const event of ['disconnect', 'SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(event, () => void close());
  }
  if (process.send) tell({ kind: 'ready' });
  else console.log(`Open ${shell.address({ once: false })}`);
}

function failToStart(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  console.error(message);
  process.exit(1);
}

function tell(message: FromShell): void {
  process.send?.(message);
}
