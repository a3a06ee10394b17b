/** The repositories that a service uses, and no others: `Rows` of its subjects, joined by `&`. */
export type StorageOf<Rows> = Rows & {
  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws. Inside
   * it use only the repositories it is given; the embedded database has a single connection.
   */
  transaction<T>(work: (repositories: Rows) => Promise<T>): Promise<T>;
};

export type Stored<Rows> = { readonly storage: StorageOf<Rows> };
