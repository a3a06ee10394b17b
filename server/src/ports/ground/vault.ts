/** Keeps personal data unreadable in the database. */
export type Vault = {
  /** Encrypts; `context` names the place (table, column, row) and is needed to open it again. */
  seal(plain: string, context: string): Uint8Array;
  open(sealed: Uint8Array, context: string): string;
  /** Keyed digest (HMAC-SHA-256, hex): equal values can be found, none can be read or guessed. */
  pseudonym(value: string, purpose: string): string;
  readonly escrow: KeyEscrow;
};

/** The pair of keys by which stations entrust theirs to this server. */
export type KeyEscrow = {
  /** 32 bytes in base64. */
  readonly publicKey: string;
  /** What a station sealed to the public key; undefined when it is damaged or meant for another. */
  open(sealed: Uint8Array, context: string): Uint8Array | undefined;
};
