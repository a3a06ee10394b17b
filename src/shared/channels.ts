/** Electron IPC: one channel per command, and one for the snapshots that main sends. */
export const COMMAND_CHANNEL = 'station:command:';
export const SNAPSHOT_CHANNEL = 'station:snapshot';
