import { useEffect, useRef, useState } from 'react';
import styles from './watermark.module.css';

const ANGLE = (-24 * Math.PI) / 180;
const STEP_X = 210;
const STEP_Y = 120;
const FONT = '12px sans-serif';

/**
 * Who looks and when, over a photo on the screen: a picture taken of the screen tells where it
 * came from (GB/T 45574). Drawn beside the photo, never into the file.
 */
export function Watermark({ text }: { text: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (canvas.current) draw(canvas.current, text, size);
  }, [text, size]);
  return <canvas ref={canvas} className={styles.watermark} aria-hidden />;
}

function draw(
  canvas: HTMLCanvasElement,
  text: string,
  { width, height }: { width: number; height: number },
): void {
  const density = window.devicePixelRatio;
  canvas.width = width * density;
  canvas.height = height * density;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(density, density);
  context.font = FONT;
  // One of the two is seen on whatever the photo has there.
  context.fillStyle = 'rgba(255, 255, 255, 0.3)';
  context.strokeStyle = 'rgba(0, 0, 0, 0.1)';
  for (let row = 0, y = 40; y < height + STEP_Y; row += 1, y += STEP_Y)
    for (let x = (row % 2) * (STEP_X / 2) - 40; x < width; x += STEP_X) {
      context.save();
      context.translate(x, y);
      context.rotate(ANGLE);
      context.strokeText(text, 0, 0);
      context.fillText(text, 0, 0);
      context.restore();
    }
}
