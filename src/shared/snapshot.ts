import {
  type DeliveryState,
  type ErrorCode,
  type Failure,
  type Journey,
  journeyOf,
  type Language,
  type OnSiteRecord,
  type OrderState,
  type StandardizationReport,
  type StationRight,
  type StepAhead,
} from '@gradshot/domain';
import type { CameraChoice, CameraTask } from './cameras.ts';
import type { ClassListView } from './class-list.ts';
import type { OfflineOrder, OfflineView } from './offline.ts';
import type { Pace } from './pace.ts';
import type { TetheredView } from './portrait-source.ts';
import type { PrintDeskView, VisitPrintsView } from './printing.ts';
import type { QueueView } from './queue.ts';
import type { RecoveryView } from './recovery.ts';
import type { BurstView, DeskShutter, ScreenRole } from './screens.ts';
import type { TabletsView } from './tablets.ts';

/**
 * What the interface shows. The station core owns it; the renderer mirrors it and never decides.
 * Everything personal in it is masked already.
 */

export type StudentView = {
  readonly maskedName: string;
  readonly maskedIdNumber: string;
  readonly school: string;
  readonly college?: string;
  readonly major?: string;
  readonly level?: string;
  readonly graduationYear?: number;
};

export type ReasonView = { readonly code: string; readonly zh: string; readonly en: string };

/** The order's photo at this station, until it has arrived at the server. */
export type LocalPhotoView =
  | { readonly photoId: string; readonly step: Exclude<StepAhead, 'handedIn'> }
  | { readonly photoId: string; readonly step: 'handedIn'; readonly delivery: DeliveryState };

export type OrderView = {
  readonly orderId: string;
  readonly orderNo: string;
  /** The server's word; `journeyOfOrder` counts in what it does not know yet. */
  readonly state: OrderState;
  readonly local?: LocalPhotoView;
  readonly batchName: string;
  readonly school: string;
  readonly priceFen: number;
  readonly profileId: string;
  /** The version that the server takes photos by, where it tells. */
  readonly profileVersion?: number;
  readonly updatedAt: string;
  readonly promisedAt?: string;
  /** The photo that the server has for the order, wherever it was taken; where it tells. */
  readonly photoId?: string;
  readonly reasons: readonly ReasonView[];
  /** Begun without the server, which may still refuse it; its number is the visit's. */
  readonly offline?: OfflineOrder;
};

/** How an order reads on every page. */
export function journeyOfOrder({ state, local }: Pick<OrderView, 'state' | 'local'>): Journey {
  return local?.step === 'handedIn'
    ? journeyOf(state, local.step, local.delivery)
    : journeyOf(state, local?.step);
}

export type ServiceView = {
  readonly priceFen: number;
  readonly items: readonly { readonly zh: string; readonly en: string }[];
  readonly consents: readonly {
    readonly kind: 'service' | 'faceProcessing';
    readonly version: string;
    readonly zh: string;
    readonly en: string;
  }[];
};

export type PaymentView = {
  readonly paymentId: string;
  readonly state: 'pending' | 'paid' | 'expired' | 'closed' | 'refunded';
  readonly amountFen: number;
  /** Text of the QR code to pay with. */
  readonly codeUrl: string;
  readonly expiresAt: string;
};

/** 在手机上继续: a code for the companion client, while it is on screen. */
export type HandoverView = {
  /**
   * Text of the QR code. Whoever scans it gets as far as the question for the last four characters,
   * so it is shown only, never logged; absent once its time is over.
   */
  readonly qrText?: string;
  readonly expiresAt: string;
};

export type ShotView = {
  readonly photoId: string;
  /** Pixels of the original as it came from the camera. */
  readonly width: number;
  readonly height: number;
  readonly capturedAt: string;
};

/** One graduate's visit, a state machine in the core. */
export type SessionView =
  | { readonly step: 'welcome' }
  | { readonly step: 'scanCode' }
  /** Without the network a code tells nothing: staff find the graduate in the roster. */
  | { readonly step: 'identify' }
  | {
      readonly step: 'verify';
      readonly student: StudentView;
      readonly expiresAt: string;
      /** Wrong too often: only staff open it, or time. */
      readonly locked?: { readonly minutes: number };
    }
  | {
      readonly step: 'orders';
      readonly student: StudentView;
      readonly orders: readonly OrderView[];
    }
  | {
      readonly step: 'orderDetail';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly handover?: HandoverView;
    }
  | {
      readonly step: 'service';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly service: ServiceView;
    }
  | {
      readonly step: 'payment';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly payment: PaymentView;
    }
  | { readonly step: 'requirements'; readonly student: StudentView; readonly order: OrderView }
  | { readonly step: 'camera'; readonly student: StudentView; readonly order: OrderView }
  | {
      /** The shot is on screen: 重拍 or 上传. */
      readonly step: 'reviewShot';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly shot: ShotView;
    }
  | {
      /** The original is stored safely: 照片标准化. */
      readonly step: 'kept';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly shot: ShotView;
    }
  | {
      readonly step: 'judging';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly shot: ShotView;
      /** 0–1 and the stage at work. */
      readonly progress: number;
      readonly stage: string;
    }
  | {
      /** The standard photo and its checks: 提交 when accepted, 重拍 either way. */
      readonly step: 'judged';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly shot: ShotView;
      readonly report: StandardizationReport;
      /** False when nothing could be composed at all (no face, unreadable …). */
      readonly hasStandard: boolean;
      /** By the machine, or released by staff: it may be handed in. */
      readonly accepted: boolean;
      /** 现场核对, for staff: given while the desk is open. */
      readonly onSite?: OnSiteRecord;
    }
  | {
      /** Handed in: 身份核验中, 审核中 and everything after. */
      readonly step: 'handedIn';
      readonly student: StudentView;
      readonly order: OrderView;
      readonly photoId?: string;
      readonly handover?: HandoverView;
    };

export type SessionStep = SessionView['step'];

export type CustomerServiceView = {
  readonly phone: string;
  readonly hours: string;
  readonly faq: readonly {
    readonly questionZh: string;
    readonly answerZh: string;
    readonly questionEn: string;
    readonly answerEn: string;
  }[];
};

export type StationSnapshot = {
  /** Grows by one at every change; an older snapshot is dropped. */
  readonly revision: number;
  readonly language: Language;
  readonly station: {
    readonly enrolled: boolean;
    readonly name?: string;
    readonly school?: string;
    /** Where it is enrolled, else the address to propose for it. */
    readonly serverUrl?: string;
    /** Sample mode: simulators stand for 学信网 and WeChat. */
    readonly sample: boolean;
    readonly version: string;
    readonly pace: Pace;
    /** Of spoken prompts, 0–1; 0 is silence. */
    readonly voiceVolume: number;
    /** What an administrator has granted its staff. */
    readonly rights: readonly StationRight[];
    /** The staff page is open (PIN entered, not yet locked again). */
    readonly staffUnlocked: boolean;
  };
  readonly connection: {
    readonly online: boolean;
    /** Work that waits to be sent. */
    readonly outbox: number;
    /** Work that kept failing and needs a look by staff. */
    readonly parked: number;
    readonly lastSyncAt?: string;
    /** New graduates can start all the same: a roster is here that counts. */
    readonly takesNewOffline?: true;
  };
  readonly imaging: {
    readonly ready: boolean;
    readonly provider?: string;
    readonly error?: ErrorCode;
  };
  /** Until staff have seen it. */
  readonly recovery?: RecoveryView;
  readonly customerService?: CustomerServiceView;
  /** Who has checked in, while the staff page is open. */
  readonly queue?: QueueView;
  /** The class that staff work through, while their page is open. */
  readonly classList?: ClassListView;
  /** 手机到场 is switched on; without the text while there is none to be shown. */
  readonly arrivals?: { readonly qrText?: string };
  /** What the visit on screen may print, and how that fares. */
  readonly prints?: VisitPrintsView;
  /** Printers and jobs, while the staff page is open. */
  readonly printDesk?: PrintDeskView;
  /** Graduates who were taken without the network, while the staff page is open. */
  readonly offline?: OfflineView;
  /** Whose screen this is, where the graduate has one of their own. */
  readonly screen?: ScreenRole;
  /** Staff want a second screen wherever there is a second display. */
  readonly secondScreen?: boolean;
  /** This is a tablet's desk; the name that staff gave it. */
  readonly tablet?: { readonly name: string };
  /** Tablets that may be desks, while the station's own staff page is open. */
  readonly tablets?: TabletsView;
  /** The shutter of the page at the camera, while the staff page is open. */
  readonly shutter?: DeskShutter;
  /** Staff pressed the shutter, for the page at the camera to obey: the number of the press. */
  readonly shutterPress?: number;
  /** A scanner has read a code, for the page that waits for one to take on: the number of the read. */
  readonly scannerRead?: number;
  /** The frames that staff may choose from, while the staff page is open. */
  readonly burst?: BurstView;
  /** The camera chosen for each task, where one was. */
  readonly cameras?: { readonly [T in CameraTask]?: CameraChoice };
  /** The camera that takes the photo, where it is not the page's own. */
  readonly tethered?: TetheredView;
  /** Counts what was plugged in or out since the start; a camera that is missed is tried again at once. */
  readonly plugged?: number;
  readonly session: SessionView;
  /** A command is running; buttons that change something are disabled. */
  readonly busy: boolean;
  /** Last expected failure, until dismissed or the next step succeeds. */
  readonly failure?: Failure;
  /** Seconds until the session is cleared, given only while the warning is due. */
  readonly idleSecondsLeft?: number;
  /** Seconds until the last page goes by itself, given there alone. */
  readonly leavesInSeconds?: number;
};
