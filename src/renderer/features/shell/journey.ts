import type { SessionStep } from '../../../shared/index.ts';

/** The phases of the operation manual, in its order; the welcome page stands before them. */
export const PHASES = ['code', 'eligibility', 'payment', 'photo', 'standard', 'review'] as const;
export type Phase = (typeof PHASES)[number];

const PHASE_OF: Readonly<Record<Exclude<SessionStep, 'welcome'>, Phase>> = {
  scanCode: 'code',
  identify: 'code',
  verify: 'code',
  orders: 'eligibility',
  orderDetail: 'eligibility',
  service: 'payment',
  payment: 'payment',
  requirements: 'photo',
  camera: 'photo',
  reviewShot: 'photo',
  kept: 'standard',
  judging: 'standard',
  judged: 'standard',
  handedIn: 'review',
};

export function phaseOf(step: SessionStep): Phase | undefined {
  return step === 'welcome' ? undefined : PHASE_OF[step];
}

/** What leaving would cost at this step: the question before it names it. */
export type LeaveRisk = 'none' | 'plain' | 'payment' | 'photo' | 'stored';

const LEAVE_RISK: Readonly<Record<SessionStep, LeaveRisk>> = {
  welcome: 'none',
  scanCode: 'none',
  identify: 'none',
  verify: 'none',
  orders: 'plain',
  orderDetail: 'plain',
  service: 'plain',
  payment: 'payment',
  requirements: 'plain',
  camera: 'plain',
  reviewShot: 'photo',
  kept: 'stored',
  judging: 'stored',
  judged: 'stored',
  handedIn: 'none',
};

export function leaveRisk(step: SessionStep): LeaveRisk {
  return LEAVE_RISK[step];
}
