/** What a message is about; each kind has a template of its own at WeChat and at the SMS carrier. */
export const NOTICE_KINDS = ['progress', 'review', 'refund'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a template may say. No name and no ID number: the order's page says the rest. */
export const MESSAGE_FACTS = ['orderNo', 'orderTail', 'state', 'advice', 'time'] as const;
export type MessageFact = (typeof MESSAGE_FACTS)[number];

export type GraduateMessage = {
  /** openid of WeChat, or a mainland mobile number. */
  readonly to: string;
  readonly kind: NoticeKind;
  /**
   * `orderNo` whole and `orderTail` its last four digits, `state` at most 5 Chinese characters,
   * `advice` at most 20 characters, `time` of Beijing as 2026年11月23日 15:01.
   */
  readonly facts: Readonly<Record<MessageFact, string>>;
  readonly orderId: string;
};

/** `why` is the carrier's own code or word, without anything personal. */
export type MessageOutcome =
  | { readonly kind: 'sent' }
  /** For good: the graduate did not subscribe, the number is blocked, the template is wrong. */
  | { readonly kind: 'refused'; readonly why: string }
  /** Another try may help: busy, too often, unreachable, our own credentials are refused. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** One way to reach graduates who have no page open. Sends once and repeats nothing by itself. */
export type GraduateMessages = {
  send(message: GraduateMessage): Promise<MessageOutcome>;
};
