import type { ErrorCode, OrderState } from '@gradshot/domain';
import type { NoticeKind } from '../messages/graduate-messages.ts';

/** Rows of the tables behind the companion client. */

export type AccountRecord = {
  readonly id: string;
  readonly kind: 'wechat' | 'phone';
  readonly openidHash: string | null;
  readonly openidSealed: Uint8Array | null;
  readonly phoneHash: string | null;
  /** Null for an account that has not logged in since numbers are kept for messages. */
  readonly phoneSealed: Uint8Array | null;
  readonly maskedPhone: string | null;
  readonly createdAt: Date;
  /** Sequence of the newest message and notice. */
  readonly chatLast: number;
  readonly noticeLast: number;
  /** Up to where the graduate, and the desk, have read. */
  readonly chatRead: number;
  readonly deskRead: number;
  readonly noticeRead: number;
  /** The agent who took the conversation. */
  readonly agentName: string | null;
};

export type AccountSession = {
  readonly id: string;
  readonly tokenHash: string;
  readonly accountId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type SmsCode = {
  readonly phoneHash: string;
  readonly codeHash: string;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly wrongCount: number;
  readonly dayCount: number;
  readonly dayBegan: Date;
};

export type Handover = {
  readonly tokenHash: string;
  readonly studentId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

export type UploadRecord = {
  readonly photoId: string;
  readonly orderId: string;
  readonly size: number;
  readonly sha256: string;
  readonly type: string;
  readonly capturedAt: Date;
  /** Bytes stored so far, from the start. */
  readonly received: number;
  readonly state: 'receiving' | 'complete';
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

export type UploadChunk = {
  readonly photoId: string;
  readonly start: number;
  readonly length: number;
  /** Address of the chunk's own object. */
  readonly sha256: string;
};

/** What was sent for an order since `dayBegan`, whether it was kept or not. */
export type UploadUsage = {
  readonly orderId: string;
  readonly dayBegan: Date;
  readonly bytes: number;
  /** Completions that found the file damaged or no photo. */
  readonly failures: number;
};

export type StandardizationJobRecord = {
  readonly photoId: string;
  readonly orderId: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  /** 0–1. */
  readonly progress: number;
  readonly stage: string | null;
  readonly error: ErrorCode | null;
  readonly attempts: number;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

export type ChatMessageRecord = {
  readonly id: string;
  readonly accountId: string;
  readonly sequence: number;
  readonly sender: 'graduate' | 'agent' | 'system';
  readonly agentName: string | null;
  readonly textSealed: Uint8Array;
  readonly orderId: string | null;
  readonly at: Date;
};

export type NoticeRecord = {
  readonly id: string;
  readonly accountId: string;
  readonly sequence: number;
  readonly orderId: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly zh: string;
  readonly en: string;
  readonly at: Date;
};

/** What became of a notice outside of the client. */
export type DeliveryRecord = {
  readonly noticeId: string;
  readonly kind: NoticeKind;
  /** The order's state that the notice tells of. */
  readonly orderState: OrderState;
  readonly state: 'waiting' | 'sending' | 'sent' | 'refused' | 'failed';
  readonly attempts: number;
  /** Why the last try did not send, in the carrier's own word. */
  readonly why: string | null;
  readonly queuedAt: Date;
  readonly updatedAt: Date;
};
