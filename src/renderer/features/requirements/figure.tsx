import { useId } from 'react';

/** How the drawn person looks; everything that is left out is as it should be. */
export type Look = {
  readonly wall?: 'pattern' | 'shadow';
  /** Size of the person in the frame; 1 is right. */
  readonly scale?: number;
  /** Degrees. */
  readonly tilt?: number;
  readonly hair?: 'covering';
  readonly mouth?: 'teeth';
  readonly eyes?: 'half';
  readonly glasses?: 'clear' | 'tinted';
  readonly jewellery?: boolean;
  readonly clothes?: 'suit' | 'blue' | 'stripes';
  readonly light?: 'half';
  readonly makeup?: boolean;
};

const SKIN = '#fbdcc4';
const HAIR = '#1c2433';

/** A half-length portrait in a 3 : 4 frame, drawn so that each requirement can be shown and broken. */
export function Figure({ look }: { look: Look }) {
  const clip = useId();
  const { scale = 1 } = look;
  return (
    <svg aria-hidden="true" viewBox="3 16 144 176">
      <clipPath id={clip}>
        <rect height="176" rx="10" width="144" x="3" y="16" />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <Wall look={look} />
        {/* Grows and shrinks about the neck. */}
        <g transform={`translate(75 120) scale(${scale}) translate(-75 -120)`}>
          <Body look={look} />
          <g transform={`rotate(${look.tilt ?? 0} 75 130)`}>
            <Head look={look} />
          </g>
        </g>
      </g>
    </svg>
  );
}

function Wall({ look: { wall } }: { look: Look }) {
  return (
    <>
      <rect fill={wall === 'pattern' ? '#e9d9c3' : '#f4f6f8'} height="200" width="150" />
      {wall === 'pattern' && (
        <g fill="none" stroke="#c9a97f" strokeWidth="5">
          <path d="M-10 30 40-20M-10 80 90-20M-10 130 140-20M-10 180 160 10M10 210 160 60M60 210 160 110M110 210 160 160" />
        </g>
      )}
    </>
  );
}

const CLOTHES = { suit: '#22314a', blue: '#4aa8f0', stripes: '#f1efe9' } as const;

function Body({ look: { clothes = 'suit', wall } }: { look: Look }) {
  return (
    <>
      {wall === 'pattern' && (
        <path d="M88 210c2-60 30-80 60-92l20 100z" fill="#8a7a63" opacity=".35" />
      )}
      <path d="M65 118h20v22c-3 8-17 8-20 0z" fill="#f0c6a8" />
      <path d="M12 206c2-38 20-52 46-60l17 8 17-8c26 8 44 22 46 60z" fill={CLOTHES[clothes]} />
      {clothes === 'suit' && (
        <>
          <path d="m62 142 13 30 13-30-5-4H67z" fill="#fff" />
          <path d="m62 141-8 6 12 17 9 8zM88 141l8 6-12 17-9 8z" fill="#e2e8f0" />
        </>
      )}
      {clothes === 'stripes' && (
        <path
          d="M20 180h110M15 194h120M30 166h90M46 152h58"
          fill="none"
          stroke="#c0392b"
          strokeWidth="6"
        />
      )}
    </>
  );
}

function Head({ look }: { look: Look }) {
  const tinted = look.glasses === 'tinted';
  return (
    <>
      <path d="M46 78c-5-1-6 4-5 9s5 10 9 9zM104 78c5-1 6 4 5 9s-5 10-9 9z" fill="#f6d2b6" />
      <path d="M45 72c0-24 11-34 30-34s30 10 30 34c0 30-14 58-30 58S45 102 45 72z" fill={SKIN} />
      {look.light === 'half' && (
        <path d="M75 38c19 0 30 10 30 34 0 30-14 58-30 58z" fill="#3b2a20" opacity=".5" />
      )}
      <Hair covering={look.hair === 'covering'} />
      <Brows />
      {!tinted && <Eyes half={look.eyes === 'half'} makeup={look.makeup === true} />}
      {look.glasses && <Glasses tinted={tinted} />}
      <path d="M75 84c-1 6-2 10-1 12 1 1 3 1 4 0" fill="none" stroke="#d9a583" strokeWidth="2" />
      <Mouth makeup={look.makeup === true} teeth={look.mouth === 'teeth'} />
      {look.makeup && (
        <g fill="#f08a8a" opacity=".55">
          <ellipse cx="57" cy="98" rx="7" ry="5" />
          <ellipse cx="93" cy="98" rx="7" ry="5" />
        </g>
      )}
      {look.jewellery && (
        <g fill="#f2b632">
          <circle cx="44" cy="103" r="4" />
          <circle cx="106" cy="103" r="4" />
        </g>
      )}
    </>
  );
}

function Hair({ covering }: { covering: boolean }) {
  return covering ? (
    <path
      d="M40 132c-8-62 0-100 35-100s43 38 35 100c-7 2-12 0-14-5 6-18 6-36 1-53-13 3-31 3-44 0-5 17-5 35 1 53-2 5-7 7-14 5z"
      fill={HAIR}
    />
  ) : (
    <path
      d="M43 78c-6-30 8-46 32-46s38 16 32 46c-2-12-6-20-11-26-12 4-30 4-42-2-5 6-9 16-11 28z"
      fill={HAIR}
    />
  );
}

function Brows() {
  return (
    <path
      d="M54 71c4-2 9-2 13 0M83 71c4-2 9-2 13 0"
      fill="none"
      stroke={HAIR}
      strokeLinecap="round"
      strokeWidth="2.500"
    />
  );
}

function Eyes({ half, makeup }: { half: boolean; makeup: boolean }) {
  if (half)
    return (
      <path
        d="M56 80c3 2 7 2 10 0M84 80c3 2 7 2 10 0"
        fill="none"
        stroke={HAIR}
        strokeLinecap="round"
        strokeWidth="2.500"
      />
    );
  return (
    <>
      {makeup && <path d="M53 78c4-6 11-6 15 0M82 78c4-6 11-6 15 0" fill="#8f5bd1" opacity=".6" />}
      <g fill={makeup ? '#2f74d0' : HAIR}>
        <ellipse cx="61" cy="80" rx="3.200" ry="3.500" />
        <ellipse cx="89" cy="80" rx="3.200" ry="3.500" />
      </g>
    </>
  );
}

function Glasses({ tinted }: { tinted: boolean }) {
  return (
    <g fill={tinted ? '#20262f' : 'none'} stroke="#20262f" strokeWidth="2.500">
      <rect height="16" rx="6" width="22" x="50" y="73" />
      <rect height="16" rx="6" width="22" x="78" y="73" />
      <path d="M72 79c2-2 4-2 6 0M50 79l-6-2M100 79l6-2" fill="none" />
    </g>
  );
}

function Mouth({ teeth, makeup }: { teeth: boolean; makeup: boolean }) {
  if (teeth)
    return (
      <path
        d="M62 106c8 4 18 4 26 0-2 11-7 15-13 15s-11-4-13-15z"
        fill="#fff"
        stroke="#b5605a"
        strokeWidth="2"
      />
    );
  return (
    <path
      d="M67 110c5 3 11 3 16 0"
      fill="none"
      stroke={makeup ? '#c4142c' : '#b5605a'}
      strokeLinecap="round"
      strokeWidth={makeup ? 5 : 2.5}
    />
  );
}
