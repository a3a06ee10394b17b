import { GRADUATE_HASH } from '../shared/channels.ts';
import { connectStation } from './socket-station.ts';

const search = location.hash === GRADUATE_HASH ? '?screen=graduate' : '';
/** A tablet's, over the network; the station's own pages are on the machine itself. */
const overNetwork = location.protocol === 'https:';

/**
 * Puts the station on the page in the browser shell. In Electron the preload does the same over
 * IPC; the interface sees no difference.
 */
Object.defineProperty(globalThis, 'station', {
  value: Object.freeze(
    connectStation({
      open: () => {
        const scheme = overNetwork ? 'wss' : 'ws';
        const socket = new WebSocket(`${scheme}://${location.host}/station${search}`);
        socket.binaryType = 'arraybuffer';
        return socket;
      },
      // Refused time after time: the station was restarted and no longer knows this page.
      refused: async () => {
        const answer = await fetch('/', { method: 'HEAD' }).catch(() => undefined);
        if (answer?.ok) location.reload();
      },
      overNetwork,
    }),
  ),
  writable: false,
  configurable: false,
});
