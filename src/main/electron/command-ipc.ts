import { fail } from '@gradshot/domain';
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { COMMAND_CHANNEL, SNAPSHOT_CHANNEL } from '../../shared/channels.ts';
import { commandRunners } from '../command-registrar.ts';
import type { Log, Station, StationSide } from '../station/api.ts';
import { isOwnUrl } from './page-origin.ts';

/**
 * Opens the station to the interface: one channel per command of the table. A call is answered
 * only for the main frame of the interface; a frame that is gone or foreign gets `auth.forbidden`.
 * Whose screen it comes from is known by its window, whatever the page says.
 */
export function registerCommands(
  station: Station,
  log: Log,
  isGraduates: (contents: WebContents) => boolean,
): void {
  const graduates = commandRunners(station.graduate.handlers, log);
  for (const [name, run] of commandRunners(station.handlers, log)) {
    ipcMain.handle(`${COMMAND_CHANNEL}${name}`, (event, payload: unknown) => {
      if (isTrusted(event))
        return isGraduates(event.sender) ? graduates.get(name)?.(payload) : run(payload);
      log('error', 'A foreign frame called a command', { command: name });
      return fail('auth.forbidden');
    });
  }
}

function isTrusted({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnUrl(senderFrame.url);
}

/** Sends every new snapshot to the page that `page` gives at that moment. */
export function mirrorSnapshots(
  side: Pick<StationSide, 'subscribe'>,
  page: () => WebContents | undefined,
): () => void {
  return side.subscribe((snapshot) => {
    const contents = page();
    if (contents && !contents.isDestroyed() && isOwnUrl(contents.getURL())) {
      contents.send(SNAPSHOT_CHANNEL, snapshot);
    }
  });
}
