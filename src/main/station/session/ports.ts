import type {
  CodePayload,
  DeliveryState,
  OnSiteRecord,
  PhotoStep,
  Result,
  StandardizationReport,
} from '@gradshot/domain';
import type {
  DeskPayment,
  HandoverView,
  OrderView,
  PaymentView,
  ServiceView,
  ShotView,
  StudentView,
} from '../../../shared/index.ts';

/** What a visit needs from the rest of the station. Adapters stand in store/, sync/ and imaging/. */

export type ResolvedCode = {
  readonly ticket: string;
  readonly expiresAt: string;
  readonly student: StudentView;
  /** The same for one person, whatever they are found by; older servers tell none. */
  readonly personId?: string;
};

/** Read without the network: whose it is, staff say. */
export type UnresolvedCode = { readonly ticket: string; readonly student?: never };

export type OpenedSession = {
  readonly token: string;
  readonly student: StudentView;
  readonly orders: readonly OrderView[];
};

/** The server as a graduate's visit uses it. `token`: the graduate's session. */
export type GraduateDesk = {
  resolveCode(code: CodePayload): Promise<Result<ResolvedCode>>;
  verify(ticket: string, lastFour: string): Promise<Result<OpenedSession>>;
  /** 解除锁定 of a ticket’s student, by the staff of this station. */
  liftLock(ticket: string): Promise<Result<unknown>>;
  getOrder(token: string, orderId: string): Promise<Result<OrderView>>;
  getService(token: string, orderId: string): Promise<Result<ServiceView>>;
  giveConsents(token: string, orderId: string, consents: Consents): Promise<Result<unknown>>;
  createPayment(
    token: string,
    orderId: string,
    idempotencyKey: string,
  ): Promise<Result<PaymentView>>;
  getPayment(token: string, paymentId: string): Promise<Result<PaymentView>>;
  /** 现金收款 or 校方统付, by the staff of this station. */
  recordPayment(
    orderId: string,
    taken: DeskPayment,
    idempotencyKey: string,
  ): Promise<Result<unknown>>;
  cancelOrder(token: string, orderId: string): Promise<Result<OrderView>>;
  retake(token: string, orderId: string): Promise<Result<OrderView>>;
  /** A code that opens the order's student on another client; each call makes a new one. */
  createHandover(token: string, orderId: string): Promise<Result<HandoverView>>;
};

/**
 * What stands in for the server while it cannot be reached, where the school lets new graduates start so.
 * Tickets and orders are its own.
 */
export type OfflineDesk = {
  /** Undefined: nobody can start so now, or with these codes. */
  begin(codes: readonly CodePayload[]): UnresolvedCode | undefined;
  holds(ticket: string): boolean;
  identify(ticket: string, entryId: string): Result<ResolvedCode>;
  verify(ticket: string, lastFour: string): Promise<Result<OpenedSession>>;
  order(orderId: string): Result<OrderView>;
  service(orderId: string): Result<ServiceView>;
  /** Keeps the visit, with the consents, until the server has confirmed it. */
  agree(order: OrderView, consents: Consents): Promise<Result<OrderView>>;
};

export type Consents = readonly {
  readonly kind: 'service' | 'faceProcessing';
  readonly version: string;
}[];

/**
 * The steps of a photo that a station sees. `kept`: the original is safe. `judged`: standardised and
 * checked; an accepted one waits for 提交. `handedIn`: on its way. `arrived`: the server has it and
 * its 提交. `replaced`: another shot took its place.
 */
export const LOCAL_STEPS = [
  'kept',
  'judged',
  'handedIn',
  'arrived',
  'replaced',
] as const satisfies readonly PhotoStep[];
export type LocalStep = (typeof LOCAL_STEPS)[number];

export type LocalPhoto = {
  readonly step: LocalStep;
  /** What the judgement said; absent before it. */
  readonly accepted?: boolean;
  readonly shot: ShotView;
  readonly report?: StandardizationReport;
  /** What staff said about it. */
  readonly onSite?: OnSiteRecord;
  readonly hasStandard: boolean;
};

/** Judged, accepted, and waiting for 提交. */
export function isAccepted(photo: {
  readonly step: LocalStep;
  readonly accepted?: boolean | undefined;
}): boolean {
  return photo.step === 'judged' && photo.accepted === true;
}

export type NewShot = {
  readonly order: OrderView;
  readonly student: StudentView;
  readonly shot: ShotView;
  /** The encoded picture as the camera gave it. */
  readonly picture: Uint8Array;
};

/** Durable memory of shots; every method that changes something is one transaction. */
export type PhotoLedger = {
  /** The order's newest shot that still counts. */
  current(orderId: string): LocalPhoto | undefined;
  /** Whether that photo was taken at this station. */
  isOwn(photoId: string): boolean;
  keepShot(shot: NewShot): Promise<Result<null>>;
  original(photoId: string): Promise<Result<Uint8Array>>;
  /** Records the outcome; an accepted photo enters the outbox in the same transaction. */
  keepStandard(
    photoId: string,
    report: StandardizationReport,
    jpeg: Uint8Array | undefined,
  ): Promise<Result<LocalPhoto>>;
  /** What staff say about a judged photo that can be seen, in place of what they said before. */
  recordOnSite(photoId: string, record: OnSiteRecord | undefined): Promise<Result<LocalPhoto>>;
  /** 提交, into the outbox. Repeating it is success. */
  handIn(photoId: string): Promise<Result<null>>;
  /** 重拍: the shot no longer counts. */
  replace(photoId: string): Promise<Result<null>>;
  delivery(photoId: string): DeliveryState;
};

export type Standardizer = {
  standardize(
    picture: Uint8Array,
    profileId: string,
    onProgress: (fraction: number, stage: string) => void,
    signal: AbortSignal,
  ): Promise<Result<{ report: StandardizationReport; jpeg?: Uint8Array }>>;
};

/** What keeps the station from taking photos, and which self-test tells more; undefined: nothing. */
export type ShootingObstacle = 'imaging' | 'camera';

export type SessionPorts = {
  readonly obstacle: () => ShootingObstacle | undefined;
  readonly desk: GraduateDesk;
  readonly offline: OfflineDesk;
  readonly ledger: PhotoLedger;
  readonly standardizer: Standardizer;
};
