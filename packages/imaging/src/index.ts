export type {
  Engine,
  EngineInfo,
  EngineOptions,
  Guidance,
  Progress,
  ProviderChoice,
  ProviderTrial,
  Standardized,
  StandardizeOptions,
} from './api.ts';
export { createEngine } from './engine/create-engine.ts';
export { ENGINE_VERSION } from './engine/version.ts';
export { type Calibration, calibrate, type RosterEntry, scorePairs } from './identity/calibrate.ts';
export {
  compareIdentity,
  embedLargestFace,
  type IdentityBand,
  type IdentityComparison,
  identityProposal,
} from './identity/compare-identity.ts';
export {
  DEFAULT_IDENTITY_THRESHOLDS,
  type IdentityThresholds,
} from './identity/identity-thresholds.ts';
export {
  createImagingProcess,
  type ImagingHealth,
  type ImagingProcess,
  type ImagingProcessOptions,
} from './process/client.ts';
export { adoptUtilityProcess, forkImagingChild } from './process/imaging-child.ts';
