import type { GuideArrow } from '@gradshot/domain';

/** Where to move, as seen in the mirrored preview: the person's left is the screen's left. */
export function ArrowSign({ arrow }: { arrow: GuideArrow }) {
  const { path, turn = 0, mirror = false } = SIGNS[arrow];
  return (
    <svg
      aria-hidden="true"
      data-arrow={arrow}
      fill="none"
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth="9"
      viewBox="0 0 100 100"
    >
      <g transform={`${mirror ? 'translate(100 0) scale(-1 1)' : ''} rotate(${turn} 50 50)`}>
        <path d={path} />
      </g>
    </svg>
  );
}

const STRAIGHT = 'M82 50H18M44 22L16 50L44 78';
/** Over the top, as a head is straightened. */
const ROUND = 'M84 66A36 36 0 0 0 20 46M16 22L18 48L44 44';
/** Flat around, as a head is turned. */
const AROUND = 'M86 40C86 62 54 70 18 62M40 40L14 61L40 82';
/** Four arrows that point outwards: the head fills more of the picture. */
const GROW =
  'M40 40L12 12M12 34V12H34M60 40L88 12M66 12H88V34M40 60L12 88M12 66V88H34M60 60L88 88M88 66V88H66';
const SHRINK =
  'M12 12L40 40M40 18V40H18M88 12L60 40M60 18V40H82M12 88L40 60M18 60H40V82M88 88L60 60M82 60H60V82';

type Drawing = { readonly path: string; readonly turn?: number; readonly mirror?: boolean };

const SIGNS: Readonly<Record<GuideArrow, Drawing>> = {
  left: { path: STRAIGHT },
  right: { path: STRAIGHT, mirror: true },
  up: { path: STRAIGHT, turn: 90 },
  down: { path: STRAIGHT, turn: -90 },
  closer: { path: GROW },
  back: { path: SHRINK },
  tiltLeft: { path: ROUND },
  tiltRight: { path: ROUND, mirror: true },
  turnLeft: { path: AROUND },
  turnRight: { path: AROUND, mirror: true },
};
