/**
 * A drawn standard photo with the measures that make it one: top of the hair, eye line, face width.
 * Drawn here so that the station needs no picture of a real person.
 */
export function PhotoIllustration({ className }: { className?: string | undefined }) {
  return (
    <svg aria-hidden="true" className={className} viewBox="0 0 620 700">
      <rect
        fill="#e7effd"
        height="560"
        rx="36"
        transform="rotate(5 330 350)"
        width="420"
        x="130"
        y="80"
      />
      <g>
        <rect fill="#ffffff" height="628" rx="32" width="478" x="70" y="36" />
        <rect
          fill="none"
          height="628"
          rx="32"
          stroke="#d9e1ea"
          strokeWidth="2"
          width="478"
          x="70"
          y="36"
        />
        <clipPath id="standard-photo">
          <rect height="564" rx="14" width="423" x="97.500" y="68" />
        </clipPath>
        <g clipPath="url(#standard-photo)">
          <rect fill="#64c5ff" height="564" width="423" x="97.500" y="68" />
          <Bust />
        </g>
      </g>
      <g fill="none" stroke="#ffffff" strokeDasharray="10 9" strokeOpacity=".9" strokeWidth="3">
        <path d="M110 146h398" />
        <path d="M110 286h398" />
        <path d="M309 82v536" strokeOpacity=".55" />
      </g>
      <g fill="none" stroke="#1457c8" strokeLinecap="round" strokeWidth="6">
        <path d="M84 100V66a14 14 0 0 1 14-14h34M534 100V66a14 14 0 0 0-14-14h-34M84 600v34a14 14 0 0 0 14 14h34M534 600v34a14 14 0 0 1-14 14h-34" />
      </g>
      <g transform="translate(474 520)">
        <circle fill="#0a7346" r="50" stroke="#f3f6fa" strokeWidth="10" />
        <path
          d="m-20 1 14 15 27-30"
          fill="none"
          stroke="#fff"
          strokeLinecap="round"
          strokeLinejoin="round"
          strokeWidth="9"
        />
      </g>
    </svg>
  );
}

function Bust() {
  return (
    <g>
      <path d="M118 660c6-108 62-150 140-170h102c78 20 134 62 140 170z" fill="#22314a" />
      <path d="M262 486h94l-10 60-37 44-37-44z" fill="#ffffff" />
      <path d="m262 488-26 22 44 62 29 18-31-56zM356 488l26 22-44 62-29 18 31-56z" fill="#e9eef5" />
      <path d="M272 420h74v72c-10 26-64 26-74 0z" fill="#f0c6a8" />
      <path
        d="M216 284c-14-4-20 8-17 28s14 34 26 31zM402 284c14-4 20 8 17 28s-14 34-26 31z"
        fill="#f6d2b6"
      />
      <path
        d="M212 262c0-74 34-106 97-106s97 32 97 106c0 92-44 188-97 188s-97-96-97-188z"
        fill="#fbdcc4"
      />
      <path
        d="M208 290c-22-92 22-146 101-146s123 54 101 146c-7-42-17-66-34-84-38 14-92 14-120-6-24 16-41 44-48 90z"
        fill="#1c2433"
      />
      <path
        d="M244 268c14-8 30-8 42-2M332 266c12-6 28-6 42 2"
        fill="none"
        stroke="#1c2433"
        strokeLinecap="round"
        strokeWidth="7"
      />
      <ellipse cx="266" cy="289" fill="#1c2433" rx="9" ry="10" />
      <ellipse cx="352" cy="289" fill="#1c2433" rx="9" ry="10" />
      <path
        d="M309 296c-2 22-8 36-6 42 3 5 9 5 14 3"
        fill="none"
        stroke="#d9a583"
        strokeLinecap="round"
        strokeWidth="5"
      />
      <path
        d="M284 382c16 9 34 9 50 0"
        fill="none"
        stroke="#b5605a"
        strokeLinecap="round"
        strokeWidth="7"
      />
    </g>
  );
}
