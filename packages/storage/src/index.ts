export { writeDurably } from './durable-file.ts';
export { DamagedKeyFile, loadOrCreateKey } from './key-file.ts';
export { keyedDigest } from './keyed-digest.ts';
export { bytesOf, labelOf } from './object-file.ts';
export {
  createFileObjectStore,
  type ObjectStore,
  sha256Hex,
  sha256InTurns,
  sweepTemporaryFiles,
} from './object-store.ts';
export { KEY_BYTES, open, openText, seal, sealText } from './sealed-bytes.ts';
export { openWithKey, publicKeyOf, sealToKey } from './sealed-to-key.ts';
