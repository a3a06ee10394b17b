import type { Result } from '@gradshot/domain';

export type LoginCodeMessage = {
  /** Mainland mobile number, 11 digits. */
  readonly phone: string;
  /** 4–6 digits. */
  readonly code: string;
  readonly validMinutes: number;
};

/** Text messages to graduates. Making, keeping and checking codes is the server's own work. */
export type SmsSender = {
  /**
   * Hands one message to the carrier. A success says that it was accepted, not that it arrived. It is
   * never repeated by itself, because a repetition is a second message.
   *
   * @returns `request.tooMany` (with `seconds`) when the number got too many messages,
   *   `request.invalid` when the number cannot be reached, else `auth.smsUnavailable`.
   */
  sendLoginCode(message: LoginCodeMessage): Promise<Result<void>>;
};
