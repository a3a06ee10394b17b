import { z } from 'zod';

/** Where tablets find the station, unless staff chose another because something else has it. */
export const TABLET_PORT = 8643;

/** What staff call a tablet, to know it again in the list. */
export const tabletName = z.string().trim().min(1).max(20);
/** Below are the system's own. */
export const tabletPort = z.int().min(1024).max(65_535);

/** The listener for tablets, as it last said of itself. */
export type TabletListener =
  | { readonly kind: 'off' }
  | { readonly kind: 'opening' }
  /** It waits for one. */
  | { readonly kind: 'noNetwork' }
  | { readonly kind: 'portTaken'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'open';
      readonly port: number;
      /** The station's addresses on its networks, the likeliest first. */
      readonly addresses: readonly { readonly address: string; readonly network: string }[];
      /** SHA-256 of the certificate in groups of four hexadecimal digits. */
      readonly fingerprint: string;
      /** The former one could not be used any longer: tablets ask once more whether to trust it. */
      readonly renewed?: 'damaged' | 'ending';
    };

/** Open until somebody has paired, it was tried wrong too often, or its time is over. */
export type PairingView = {
  readonly tabletName: string;
  /** To be typed. */
  readonly code: string;
  /** Of the link in the QR code, after `#`. */
  readonly secret: string;
  readonly expiresAt: string;
};

export type PairedTabletView = {
  readonly id: string;
  readonly name: string;
  readonly pairedAt: string;
  readonly lastSeenAt: string;
  readonly connected: boolean;
  /** Its desk is open: the PIN was entered there. */
  readonly unlocked: boolean;
};

/** 平板, for the station's own desk. */
export type TabletsView = {
  readonly on: boolean;
  readonly listener: TabletListener;
  readonly pairing?: PairingView;
  readonly paired: readonly PairedTabletView[];
};
