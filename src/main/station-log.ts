import { mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log } from './station/api.ts';

/** A file of this size is set aside at the next start; one predecessor is kept. */
const ROTATE_BYTES = 10 * 1024 * 1024;
/** Lines that a full disk does not take wait in memory for it, up to so much; later ones are lost. */
const WAITING_BYTES = 1024 * 1024;

export type StationLog = { readonly log: Log; close(): void };

/**
 * One JSON line per event in `<dataDir>/logs/station.log`. Names that could hold personal data or
 * secrets are blanked, should a caller ever pass one. Never throws: a disk that takes no line must
 * not end a visit or the station, which go on without the log.
 */
export function openStationLog(dataDir: string): StationLog {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'station.log');
  setAside(file);
  const destination = pino.destination({
    dest: file,
    sync: true,
    mode: 0o600,
    maxLength: WAITING_BYTES,
  });
  // Without a listener the stream throws what it cannot write at whoever logs.
  destination.on('error', () => {});
  let closed = false;
  const logger = pino(
    {
      base: { pid: process.pid },
      redact: {
        paths: [
          'payload',
          'payloadBase64',
          'codes',
          'qrText',
          'pin',
          'code',
          'key',
          'deviceKey',
          'name',
          'idNumber',
          'lastFour',
        ],
        censor: '[redacted]',
      },
    },
    destination,
  );
  return {
    log: (level, message, facts) => {
      // A call that was still under way at the end has nowhere to tell of it.
      if (!closed) logger[level]({ ...facts }, message);
    },
    close: () => {
      closed = true;
      destination.end();
    },
  };
}

function setAside(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > ROTATE_BYTES) renameSync(file, `${file}.1`);
}
