import type { CodePayload, Result } from '@gradshot/domain';

/** What the gateway says about the student behind a confirmed 采集码. Full data: mask before showing. */
export type CodeHolder = {
  /** Unique and opaque: the same enrolment (学籍) always gives the same number. */
  readonly studentNumber: string;
  readonly name: string;
  /** Full ID number as registered: upper-case X, Hong Kong style with brackets. */
  readonly idNumber: string;
  readonly schoolCode: string;
  readonly schoolName: string;
  readonly college?: string;
  readonly major?: string;
  /** 层次, e.g. 本科. */
  readonly level?: string;
  readonly graduationYear?: number;
  /** The code itself stops being valid then. */
  readonly expiresAt: Date;
};

/**
 * The only authority on a 采集码. The payload is opaque to the product: nothing in it is read, and
 * nothing about it is believed, before the gateway has confirmed it.
 */
export type CollectionCodeGateway = {
  /**
   * Looks a code up.
   *
   * @param code what the QR code holds, exactly: nothing trimmed, nothing guessed.
   * @returns the holder; or `code.notCollectionCode` (not such a code, or forged), `code.unknown`,
   *   `code.expired`, or `code.gatewayUnavailable` (down, slow, answered garbage, or refused our
   *   own credentials).
   */
  resolve(code: CodePayload): Promise<Result<CodeHolder>>;
};
