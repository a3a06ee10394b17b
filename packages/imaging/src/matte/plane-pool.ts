/**
 * Planes for the work inside one matte. Making a photo's some forty planes anew each time made the
 * garbage collector stop the process for longer than the matte itself takes.
 *
 * A matte is extracted without a pause, so one pool serves all: `reclaimPlanes` at its start takes
 * back what the last one borrowed. What leaves the matte must not be borrowed.
 */
const free = new Map<number, Float32Array[]>();
const lent: Float32Array[] = [];

/** A plane of zeros that is valid until the next matte. */
export function borrowPlane(length: number): Float32Array {
  const plane = free.get(length)?.pop()?.fill(0) ?? new Float32Array(length);
  lent.push(plane);
  return plane;
}

/** Takes back every plane that was lent. */
export function reclaimPlanes(): void {
  for (const plane of lent.splice(0)) {
    const pile = free.get(plane.length);
    if (pile) pile.push(plane);
    else free.set(plane.length, [plane]);
  }
}
