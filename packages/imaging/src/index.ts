export type {
  Engine,
  EngineInfo,
  EngineOptions,
  Extras,
  Guidance,
  Progress,
  ProviderChoice,
  ProviderTrial,
  Standardized,
  StandardizeOptions,
} from './api.ts';
export {
  type Calibration,
  calibrate,
  type RosterEntry,
  scorePairs,
} from './calibration/calibrate.ts';
export { MAX_HEIF_PIXELS } from './decode/heif/read-heif.ts';
export { sharpReadable } from './decode/sharp-readable.ts';
export { type SourceFormat, sniffFormat } from './decode/source-format.ts';
export { createEngine } from './engine/create-engine.ts';
export { ENGINE_VERSION } from './engine/version.ts';
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
  parseIdentityThresholds,
} from './identity/identity-thresholds.ts';
export {
  createImagingProcess,
  type ImagingHealth,
  type ImagingProcess,
  type ImagingProcessOptions,
} from './process/client.ts';
export { adoptUtilityProcess, forkImagingChild } from './process/imaging-child.ts';
export { type ProviderMemory, providerMemory } from './process/provider-memory.ts';
export {
  CELLS,
  type Cell,
  cellInMillimetres,
  findCell,
  findPaper,
  PAPERS,
  type Paper,
  SHEET_DPI,
} from './sheets/catalogue.ts';
export { layOutSheet, type SheetLayout } from './sheets/layout.ts';
export { type CutLines, parseSheetPlan, type SheetPlan, usualPlan } from './sheets/plan.ts';
export { type Portrait, portraitFromPhoto } from './sheets/portrait.ts';
export { renderSheet, type Sheet } from './sheets/render-sheet.ts';
