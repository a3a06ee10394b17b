/** How passwords of staff are kept: nobody who reads them can log in. */
export type Passwords = {
  hash(password: string): Promise<string>;
  /** Slow on purpose, and alike for every hash. */
  matches(password: string, hash: string): Promise<boolean>;
  /** Matches nothing: an account that nobody has takes as long to refuse as a known one. */
  hashOfNobody(): Promise<string>;
};
