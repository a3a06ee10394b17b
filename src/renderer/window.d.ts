import type { StationBridge } from '../shared/index.ts';

declare global {
  interface Window {
    /** Put there by the preload script or by the browser shell; absent when neither ran. */
    readonly station?: StationBridge;
  }
}
