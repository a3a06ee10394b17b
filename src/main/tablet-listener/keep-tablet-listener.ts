import type { TabletListener } from '../../shared/index.ts';
import type { Log, TabletDoor } from '../station/api.ts';
import { isNear, type LanAddress, lanAddresses } from './lan-addresses.ts';
import { startTabletServer, type TabletServer } from './tablet-server.ts';

export type TabletListenerOptions = {
  readonly door: TabletDoor;
  /** Folder of the built interface. */
  readonly rendererDir: string;
  /** The built script that puts `window.station` on the page. */
  readonly bridgeFile: string;
  readonly log: Log;
  /** In place of this machine's own. */
  readonly addresses?: () => readonly LanAddress[];
};

export type KeptListener = {
  /** Looks at once; done when all that was to be done is. */
  look(): Promise<void>;
  close(): Promise<void>;
};

/** A network that changes, or a port that becomes free, is noticed by then. */
const LOOK_EVERY_MS = 5000;

type Open = {
  readonly server: TabletServer;
  readonly wantedPort: number;
  readonly said: Pick<Extract<TabletListener, { kind: 'open' }>, 'fingerprint' | 'renewed'>;
};

/**
 * The listener for tablets, for as long as staff want one; the same behind both shells. It listens on every
 * network, so that an address that changes needs nothing but to be told.
 */
export function keepTabletListener(options: TabletListenerOptions): KeptListener {
  const { door, log } = options;
  const addresses = options.addresses ?? lanAddresses;
  let open: Open | undefined;
  let closed = false;
  let lastTrouble = '';

  const close = async () => {
    const was = open;
    open = undefined;
    await was?.server.close();
  };
  const start = async (port: number) => {
    const { renewed, fingerprint, ...certificate } = await door.certificate();
    const server = await startTabletServer({
      ...options,
      ...{ certificate, port },
      // This machine's own browser too, whatever network it is on.
      hosts: () => [...addresses().map(({ address }) => address), '127.0.0.1'],
      near: (source) => isNear(source, addresses()),
    });
    lastTrouble = '';
    log('info', 'Tablets are let in', { port: server.port });
    const said = { fingerprint, ...(renewed ? { renewed } : {}) };
    open = { server, wantedPort: port, said };
  };
  const look = async () => {
    const wanted = closed ? undefined : door.wanted();
    if (open?.wantedPort !== wanted?.port) await close();
    if (!wanted) return door.report({ kind: 'off' });
    if (!open) await start(wanted.port);
    if (open) door.report(stateOf(open, addresses()));
  };

  let turn = Promise.resolve();
  /** One after the other: a switch that is pressed twice opens no two. */
  const lookInTurn = () => {
    turn = turn.then(look).catch((error: NodeJS.ErrnoException) => {
      const port = door.wanted()?.port ?? 0;
      const state = troubleOf(error, port);
      if (String(error) !== lastTrouble)
        log('warn', 'Tablets cannot be let in', { state: state.kind, error: String(error) });
      lastTrouble = String(error);
      door.report(state);
    });
    return turn;
  };
  const unsubscribe = door.subscribe(() => void lookInTurn());
  const timer = setInterval(() => {
    if (door.wanted()) void lookInTurn();
  }, LOOK_EVERY_MS);
  timer.unref();
  void lookInTurn();
  return {
    look: lookInTurn,
    async close() {
      closed = true;
      unsubscribe();
      clearInterval(timer);
      await turn;
      await close();
    },
  };
}

function stateOf({ server, said }: Open, addresses: readonly LanAddress[]): TabletListener {
  if (addresses.length === 0) return { kind: 'noNetwork' };
  const told = addresses.map(({ address, network }) => ({ address, network }));
  return { kind: 'open', port: server.port, addresses: told, ...said };
}

function troubleOf(error: NodeJS.ErrnoException, port: number): TabletListener {
  if (error.code === 'EADDRINUSE') return { kind: 'portTaken', port };
  return { kind: 'failed', reason: error.code ?? error.message.slice(0, 120) };
}
