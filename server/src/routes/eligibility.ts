import type { HandlersOf } from '../plugins/handler.ts';
import type { CodeResolution } from '../services/eligibility/code-resolution.ts';
import type { IdentityVerification } from '../services/eligibility/identity-verification.ts';
import type { LockLifting } from '../services/eligibility/lock-lifting.ts';

export function eligibilityRoutes(services: {
  readonly codes: CodeResolution;
  readonly identity: IdentityVerification;
  readonly lockLifting: LockLifting;
}): HandlersOf<'resolveCode' | 'verifyLastFour' | 'liftLastFourLock'> {
  return {
    resolveCode: ({ body, caller }) => services.codes.resolve(body, caller),
    verifyLastFour: ({ body, caller }) => services.identity.verify(body, caller),
    liftLastFourLock: ({ body, caller }) => services.lockLifting.lift(body.ticket, caller),
  };
}
