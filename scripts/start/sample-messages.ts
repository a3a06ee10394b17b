/** Between the start program and the process with the embedded server and the simulators. */
export type FromSample = {
  readonly kind: 'ready';
  readonly serverUrl: string;
  /** One-time code for a new station. */
  readonly enrolmentCode: string;
  /** Pages for people: label and address. */
  readonly pages: readonly { readonly label: string; readonly url: string }[];
};

export type SampleOptions = {
  readonly dataDir: string;
  /** Of the server; the simulators take the four after it. 0: any free ports. */
  readonly port: number;
  /** The server and the simulators' pages are open to phones in the same network. */
  readonly lan: boolean;
};

export type ToSample =
  | { readonly kind: 'open'; readonly options: SampleOptions }
  | { readonly kind: 'close' };
