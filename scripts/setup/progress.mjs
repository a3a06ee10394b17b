// Runs on whatever Node the system has (20.19 or later) and before any package is there.

/**
 * Numbered steps with their time: `2/5 Models … 0.4 s`. On a terminal the line of a running step
 * counts the seconds; elsewhere it is printed when the step begins and again when it ends.
 * @param {number} total steps in all
 * @param {number} [done] steps that an earlier process has taken
 * @param {Pick<NodeJS.WriteStream, 'write' | 'isTTY'>} [out]
 */
export function createProgress(total, done = 0, out = process.stdout) {
  let taken = done;
  /**
   * @template T
   * @param {string} title
   * @param {() => Promise<T>} work
   * @param {{ talks?: boolean }} [options] `talks`: the work prints lines of its own
   * @returns {Promise<T>}
   */
  return async function step(title, work, { talks = false } = {}) {
    taken += 1;
    const label = `${taken}/${total} ${title} …`;
    const line = createLine(out, label, !talks && out.isTTY === true);
    const begun = performance.now();
    const since = () => duration(performance.now() - begun);
    const ticking = line.redraws ? setInterval(() => line.redraw(since()), 1000) : undefined;
    try {
      const result = await work();
      line.end(since());
      return result;
    } catch (error) {
      line.end(`failed after ${since()}`);
      throw error;
    } finally {
      clearInterval(ticking);
    }
  };
}

/**
 * @param {Pick<NodeJS.WriteStream, 'write'>} out
 * @param {string} label
 * @param {boolean} redraws
 */
function createLine(out, label, redraws) {
  const redraw = (/** @type {string} */ text) => out.write(`\r\x1b[K${label} ${text}`);
  out.write(redraws ? label : `${label}\n`);
  return {
    redraws,
    redraw,
    end: (/** @type {string} */ text) => {
      if (redraws) redraw(`${text}\n`);
      else out.write(`${label} ${text}\n`);
    },
  };
}

/** @param {number} ms */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
