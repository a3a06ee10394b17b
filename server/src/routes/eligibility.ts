import type { HandlersOf } from '../plugins/handler.ts';
import type { CodeResolution } from '../services/eligibility/code-resolution.ts';
import type { IdentityVerification } from '../services/eligibility/identity-verification.ts';

export function eligibilityRoutes(services: {
  readonly codes: CodeResolution;
  readonly identity: IdentityVerification;
}): HandlersOf<'resolveCode' | 'verifyLastFour'> {
  return {
    resolveCode: ({ body, caller }) => services.codes.resolve(body, caller),
    verifyLastFour: ({ body, caller }) => services.identity.verify(body, caller),
  };
}
