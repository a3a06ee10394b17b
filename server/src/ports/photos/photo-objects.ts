/** Content-addressed objects, as `@gradshot/storage` keeps them. */
export type PhotoObjects = {
  put(bytes: Uint8Array): Promise<string>;
  get(sha256: string): Promise<Uint8Array | undefined>;
  has(sha256: string): Promise<boolean>;
  remove(sha256: string): Promise<void>;
};
