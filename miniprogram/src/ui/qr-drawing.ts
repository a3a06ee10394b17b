import { create } from 'qrcode';

/** Light border that readers need, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** A QR code as an SVG data address: sharp at every size, no canvas needed. */
export function qrDataUri(text: string): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const { size, data } = modules;
  const dark = Array.from(data, (bit, i) =>
    bit ? `M${(i % size) + QUIET_ZONE} ${Math.floor(i / size) + QUIET_ZONE}h1v1h-1z` : '',
  ).join('');
  const side = size + 2 * QUIET_ZONE;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${dark}" fill="#000"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
