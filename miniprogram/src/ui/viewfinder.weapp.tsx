/** WeChat's own camera opens over the page; there is nothing to show in it. */
export function Viewfinder(_: {
  attach: (video: HTMLVideoElement) => void;
  guide: 'person' | 'code';
}) {
  return null;
}
