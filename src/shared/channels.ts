/** Electron IPC: one channel per command, and one for the snapshots that main sends. */
export const COMMAND_CHANNEL = 'station:command:';
export const SNAPSHOT_CHANNEL = 'station:snapshot';

/** Browser shell: the address of the graduate's own screen, from the interface's on. */
export const GRADUATE_HASH = '#screen=graduate';

/** The tablets' listener closes a socket with it: the tablet is not paired any more. */
export const UNPAIRED_CLOSE = 4401;
