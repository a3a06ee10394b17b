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
export { type ConversionOutcome, convertModels } from './models/convert.ts';
export {
  createImagingProcess,
  type ImagingHealth,
  type ImagingProcess,
  type ImagingProcessOptions,
} from './process/client.ts';
export { adoptUtilityProcess, forkImagingChild } from './process/imaging-child.ts';
