import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { COMMAND_CHANNEL, SNAPSHOT_CHANNEL } from '../shared/channels.ts';
import type { StationBridge, StationSnapshot } from '../shared/index.ts';

/**
 * The page's only door in Electron. Names are not checked here: the main process registers the
 * commands of the table and nothing else, and checks sender and payload itself.
 */
const station: StationBridge = {
  shell: 'electron',
  invoke: (name, payload) => ipcRenderer.invoke(`${COMMAND_CHANNEL}${name}`, payload),
  subscribe(listener) {
    const forward = (_event: IpcRendererEvent, snapshot: StationSnapshot) => listener(snapshot);
    ipcRenderer.on(SNAPSHOT_CHANNEL, forward);
    return () => {
      ipcRenderer.off(SNAPSHOT_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('station', station);
