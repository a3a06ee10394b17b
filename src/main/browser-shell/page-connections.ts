import type { WebSocket } from 'ws';
import type { ScreenRole } from '../../shared/index.ts';
import { GOING_AWAY, pagesOf } from '../page-server/page-sockets.ts';
import type { Log, Station } from '../station/api.ts';

/** The kiosk has one page; a reload overlaps with its predecessor, and staff may mirror it. */
const MAX_PAGES = 4;

export type PageConnections = {
  hasRoom(): boolean;
  /** Takes over an admitted socket. */
  add(page: WebSocket, role: ScreenRole): void;
  close(): void;
};

export function createPageConnections(station: Station, log: Log): PageConnections {
  const pages = new Set<WebSocket>();
  const desk = pagesOf(station, log);
  const graduate = pagesOf(station.graduate, log);
  return {
    hasRoom: () => pages.size < MAX_PAGES,
    add(page, role) {
      pages.add(page);
      page.on('close', () => pages.delete(page));
      if (role === 'graduate') page.on('close', station.graduate.arrived());
      (role === 'graduate' ? graduate : desk).serve(page);
    },
    close() {
      for (const side of [desk, graduate]) side.close();
      for (const page of pages) page.close(GOING_AWAY);
    },
  };
}
