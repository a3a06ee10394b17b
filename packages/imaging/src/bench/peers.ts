import { median, tenths } from './statistics.ts';

/** How another maker of cut-outs did on the same picture, or why it did not. */
export type PeerResult = {
  readonly peer: string;
  readonly medianMs?: number;
  readonly note: string;
};

const RUNS = 3;

/**
 * Times the peers that are installed; they are no dependency of the product, and the best known one
 * has a licence (AGPL-3.0) that a product must not pull in: `npm install --no-save` it to compare.
 */
export async function timePeers(source: Uint8Array): Promise<PeerResult[]> {
  return [await timeImgly(source)];
}

const IMGLY = '@imgly/background-removal-node';

async function timeImgly(source: Uint8Array): Promise<PeerResult> {
  try {
    // the name in a variable keeps the bundlers and the unused-code check from following it
    const name = IMGLY;
    const { removeBackground } = (await import(name)) as {
      removeBackground(picture: Blob): Promise<Blob>;
    };
    const picture = new Blob([new Uint8Array(source)], { type: 'image/jpeg' });
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const start = performance.now();
      await removeBackground(picture);
      times.push(performance.now() - start);
    }
    return { peer: IMGLY, medianMs: tenths(median(times)), note: 'cut-out alone, no checks' };
  } catch (error) {
    return { peer: IMGLY, note: `not run: ${(error as Error).message.split('\n')[0]}` };
  }
}
