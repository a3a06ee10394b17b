import { type CodePayload, codeKey, distinctCodes } from './code-payload.ts';
import type { ErrorCode } from './errors.ts';
import { fail, type Result } from './result.ts';

/** Codes of one picture that are looked up at the most: each is a call of the gateway. */
export const MAX_CANDIDATES = 4;

/** In bytes: a sealed enrolment takes more; a number to wait by, or of a locker, takes less. */
const SHORTEST = 16;
const ADDRESS = /^\s*https?:\/\/(?:[^/?#\s]*@)?([^/?#\s:]+)/i;
/** Nobody outside knows what 学信网 writes into its codes: its own addresses are left in. */
const OF_CHSI = /(^|\.)chsi\.(com\.cn|cn)$/i;
/** Payment, contacts, networks, messages, places, one-time passwords. */
const OTHER_PURPOSE =
  /^\s*(weixin|wxp|alipays?|alipayqr|upwallet|tel|mailto|sms|smsto|mmsto|geo|wifi|mecard|matmsg|begin|otpauth|intent|market):/i;

/**
 * Whether a code can be a 采集码, or the code of another client's screen, by its form. Next to one that
 * can, the others are left aside; alone they are looked up all the same, for the gateway decides.
 */
export function mayBeCollectionCode(code: CodePayload): boolean {
  if (!('payload' in code)) return (code.payloadBase64.length * 3) / 4 >= SHORTEST;
  if (code.payload.trim().length < SHORTEST) return false;
  const host = ADDRESS.exec(code.payload)?.[1];
  return host === undefined ? !OTHER_PURPOSE.test(code.payload) : OF_CHSI.test(host);
}

/**
 * Which codes of a picture are looked up, and in which order: the longest first, for a sealed enrolment
 * holds more than an advertisement.
 */
export function candidatesOf(codes: readonly CodePayload[]): readonly CodePayload[] {
  // A copy: engines of older phones have no `toSorted`.
  const longestFirst = [...distinctCodes(codes)].sort(
    (one, other) => codeKey(other).length - codeKey(one).length,
  );
  const possible = longestFirst.filter(mayBeCollectionCode);
  return possible.length > 0 ? possible.slice(0, MAX_CANDIDATES) : longestFirst.slice(0, 1);
}

/**
 * What a look-up can say of a code, the most telling first. Everything else (no network, no gateway, too
 * many requests) is no word about the code.
 */
const ABOUT_THE_CODE: readonly ErrorCode[] = [
  'eligibility.otherSchool',
  'eligibility.noBatch',
  'code.expired',
  'handover.expired',
  'code.unknown',
  'code.notCollectionCode',
];

/** Looks the codes of one picture up, one after the other, until one is known; else the most telling answer. */
export async function firstResolved<T>(
  codes: readonly CodePayload[],
  lookUp: (code: CodePayload) => Promise<Result<T>>,
): Promise<Result<T>> {
  let told: ErrorAnswer | undefined;
  for (const code of candidatesOf(codes)) {
    const answer = await lookUp(code);
    // Who is out of reach, or has had enough, is not asked for the next one.
    if (answer.ok || !ABOUT_THE_CODE.includes(answer.error.code)) return answer;
    if (!told || rank(answer) < rank(told)) told = answer;
  }
  return told ?? fail('code.unreadable');
}

type ErrorAnswer = Extract<Result<never>, { readonly ok: false }>;

const rank = ({ error }: ErrorAnswer) => ABOUT_THE_CODE.indexOf(error.code);
