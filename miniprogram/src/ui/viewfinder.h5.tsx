import { useEffect, useRef } from 'react';

type ViewfinderProps = {
  readonly attach: (video: HTMLVideoElement) => void;
  /** Outline of head and shoulders, or the frame for a code. */
  readonly guide: 'person' | 'code';
};

/** The camera's picture, never mirrored: what is seen is what is taken. */
export function Viewfinder({ attach, guide }: ViewfinderProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) attach(video.current);
  }, [attach]);
  return (
    <div className={`viewfinder viewfinder--${guide}`}>
      <video ref={video} className="viewfinder__video" playsInline muted autoPlay />
      {guide === 'person' ? <PersonOutline /> : <div className="viewfinder__code" />}
    </div>
  );
}

/** Where head and shoulders belong in a 3:4 picture; the standard crop has room around it. */
function PersonOutline() {
  return (
    <svg className="viewfinder__person" viewBox="0 0 300 400" aria-hidden="true">
      <path
        d="M150 92c37 0 60 28 60 70 0 45-26 84-60 84s-60-39-60-84c0-42 23-70 60-70z"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeDasharray="9 7"
      />
      <path
        d="M34 400c2-62 26-92 84-108 10-3 14-12 14-24h36c0 12 4 21 14 24 58 16 82 46 84 108"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeDasharray="9 7"
      />
    </svg>
  );
}
