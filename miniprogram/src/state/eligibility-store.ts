import type { RouteOutput } from '@gradshot/contract';
import {
  type CodePayload,
  type Failure,
  fail,
  firstResolved,
  normaliseLastFour,
  ok,
  type Result,
} from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Picture, ScanOutcome } from '../platform/ports.ts';
import type { Parts } from './parts.ts';

export type Ticket = RouteOutput<'resolveCode'>;

/** Largest picture that the server reads a code from, see the contract. */
const MAX_CODE_PICTURE_BYTES = 12 * 1024 * 1024;

export type EligibilityState = {
  readonly ticket: Ticket | undefined;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** 扫码识别 or 相册识别; true when the code is known and the last four are asked for. */
  resolve(outcome: Result<ScanOutcome>): Promise<boolean>;
  /** 核验学籍信息; true when the student is linked to the account. */
  verify(lastFour: string): Promise<boolean>;
  /** A failure that was read. */
  clear(): void;
  forget(): void;
};

type Set = (part: Partial<EligibilityState>) => void;

export const createEligibilityStore = (parts: Parts) =>
  createStore<EligibilityState>((set, get) => ({
    ticket: undefined,
    busy: false,
    failure: undefined,
    resolve: async (outcome) => {
      if (get().busy) return false;
      set({ busy: true, failure: undefined, ticket: undefined });
      const ticket = outcome.ok ? await resolveOutcome(parts, outcome.value) : outcome;
      return finish(set, ticket, (value) => ({ ticket: value ?? undefined })) && !!get().ticket;
    },
    // A second tap before the page has drawn the first is none.
    verify: async (typed) => {
      if (get().busy) return false;
      set({ busy: true, failure: undefined });
      const answer = await verify(parts, get().ticket?.ticket, typed);
      return finish(set, answer, () => ({ ticket: undefined }));
    },
    clear: () => set({ failure: undefined }),
    forget: () => set({ ticket: undefined, busy: false, failure: undefined }),
  }));

function finish<T>(
  set: Set,
  result: Result<T>,
  change: (value: T) => Partial<EligibilityState>,
): boolean {
  if (result.ok) set({ busy: false, ...change(result.value) });
  else set({ busy: false, failure: result.error });
  return result.ok;
}

async function resolveOutcome(parts: Parts, outcome: ScanOutcome): Promise<Result<Ticket | null>> {
  if (!outcome) return { ok: true, value: null };
  const codes = 'codes' in outcome ? ok(outcome.codes) : await readOnServer(parts, outcome.picture);
  if (!codes.ok) return codes;
  return firstResolved(codes.value, (code) => parts.api.call('resolveCode', { body: code }));
}

async function readOnServer(
  parts: Parts,
  picture: Picture,
): Promise<Result<readonly CodePayload[]>> {
  if (picture.size > MAX_CODE_PICTURE_BYTES) return fail('request.tooLarge');
  const bytes = await parts.platform.storage.readBytes(picture, 0, picture.size);
  if (!bytes.ok) return bytes;
  const answer = await parts.api.sendBytes('readCodePicture', {}, bytes.value);
  return answer.ok ? ok(answer.value.codes) : answer;
}

async function verify(
  { api }: Parts,
  ticket: string | undefined,
  typed: string,
): Promise<Result<unknown>> {
  const lastFour = normaliseLastFour(typed);
  if (!lastFour.ok) return lastFour;
  if (!ticket) return fail('eligibility.ticketExpired');
  return api.call('verifyLastFour', { body: { ticket, lastFour: lastFour.value } });
}
