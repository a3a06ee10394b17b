import { parentPort, workerData } from 'node:worker_threads';
import { readReceiptLines } from './receipt-lines.ts';

const { file } = workerData as { readonly file: Uint8Array };
parentPort?.postMessage(readReceiptLines(file));
