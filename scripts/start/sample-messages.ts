/** Between the start program and the process with the embedded server and the simulators. */
export type FromSample = {
  readonly kind: 'ready';
  readonly serverUrl: string;
  /** One-time code for a new station. */
  readonly enrolmentCode: string;
  /** Pages for people: label and address. */
  readonly pages: readonly { readonly label: string; readonly url: string }[];
};
export type ToSample = { readonly kind: 'close' };
