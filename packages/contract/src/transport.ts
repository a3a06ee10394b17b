/**
 * The few pieces of the web platform that the client needs, described here because the contract
 * is typed without DOM or Node. Argument types are `never` where the platform's own type is
 * narrower than what we could name: any real `fetch`, `FormData` or `Blob` then fits, and the
 * client casts in one place.
 */
export type FetchLike = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: never;
    signal?: never;
    redirect?: 'error';
  },
) => Promise<ResponseLike>;

export type ResponseLike = {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
};

export type FormDataClass = new () => {
  append(name: string, value: never, fileName?: string): void;
};
export type BlobClass = new (parts: never[], options?: { type?: string }) => unknown;

/** An `AbortSignal` as far as the client looks into one. */
export type SignalLike = { readonly aborted: boolean; readonly reason?: unknown };
export type SignalFactory = {
  timeout(milliseconds: number): SignalLike;
  any(signals: never[]): SignalLike;
};

export type Platform = {
  readonly FormData: FormDataClass;
  readonly Blob: BlobClass;
  readonly AbortSignal: SignalFactory;
};

/** What the caller gave, else what the running platform has; browsers and Node have all three. */
export function platformOf(given: Partial<Platform>): Platform {
  const own = globalThis as unknown as Platform;
  return {
    FormData: given.FormData ?? own.FormData,
    Blob: given.Blob ?? own.Blob,
    AbortSignal: given.AbortSignal ?? own.AbortSignal,
  };
}
