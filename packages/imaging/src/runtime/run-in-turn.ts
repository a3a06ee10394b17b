/** Runs asynchronous work one after the other, in the order of the calls. */
export function runInTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    // A failed run is its caller's affair; the next one starts all the same.
    last = mine.catch(() => {});
    return mine;
  };
}
