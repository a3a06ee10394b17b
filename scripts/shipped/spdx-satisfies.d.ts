declare module 'spdx-satisfies' {
  /** Throws when the first is no SPDX expression. */
  export default function satisfies(expression: string, approved: readonly string[]): boolean;
}
