import type { Vault } from '../../ports/ground/vault.ts';
import { sameText } from '../../security/tokens.ts';

const MINUTE_MS = 60_000;
/** A station is given another code every few seconds, and one that was lost to the network is no loss. */
export const SHOWN_SECONDS = 90;
/** Time to log in after the scan; a picture of the screen that is passed on is worth as much. */
const VALID_MINUTES = 4;
const MARK_LENGTH = 24;

type Marker = Pick<Vault, 'pseudonym'>;

/**
 * What a station's screen shows for 到场: its id and the minute, signed. Nothing is kept of it, every
 * server with the key knows it, and after a few minutes it is worth nothing.
 */
export function arrivalCode(vault: Marker, stationId: string, now: Date): string {
  const minute = minuteOf(now);
  const id = Buffer.from(stationId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${id}.${minute.toString(36)}.${mark(vault, stationId, minute)}`;
}

/** The station whose code it is; undefined for one that is over, or that nobody gave out. */
export function stationOfCode(vault: Marker, code: string, now: Date): string | undefined {
  const [id = '', time = '', given = ''] = code.split('.');
  const hex = Buffer.from(id, 'base64url').toString('hex');
  const stationId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const minute = Number.parseInt(time, 36);
  const age = minuteOf(now) - minute;
  if (!sameText(given, mark(vault, stationId, minute))) return undefined;
  return age >= 0 && age < VALID_MINUTES ? stationId : undefined;
}

const minuteOf = (now: Date) => Math.floor(now.getTime() / MINUTE_MS);

const mark = (vault: Marker, stationId: string, minute: number) =>
  vault.pseudonym(`${stationId} ${minute}`, 'arrivalCode').slice(0, MARK_LENGTH);
