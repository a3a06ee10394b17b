import { Button, Spin } from 'antd';
import { type CSSProperties, type MouseEvent, type ReactNode, useState } from 'react';
import { type PhotoKey, usePhoto } from '../../api/photo-store.ts';
import { useLanguage } from '../../i18n/language.tsx';
import styles from './photo-pane.module.css';
import { Watermark } from './watermark.tsx';

/** Enough to see lashes and lenses of a 12-megapixel original. */
const ZOOM = 3;

export type PhotoPaneProps = {
  readonly photo: PhotoKey;
  readonly title: string;
  readonly facts?: ReactNode;
  readonly watermark: string;
  /** Magnified under the pointer. */
  readonly zoomed: boolean;
  readonly onZoom: () => void;
  readonly onShown?: () => void;
  /** Drawn over the photo, in shares of its width and height. */
  readonly children?: ReactNode;
};

/** One photo, as large as its place allows, never larger than its own pixels unless magnified. */
export function PhotoPane(props: PhotoPaneProps) {
  return (
    <figure className={styles.pane}>
      <figcaption>
        <strong>{props.title}</strong>
        <span className="num">{props.facts}</span>
      </figcaption>
      <div className={styles.stage}>
        <Photo {...props} />
        <Watermark text={props.watermark} />
      </div>
    </figure>
  );
}

function Photo({ photo, title, zoomed, onZoom, onShown, children }: PhotoPaneProps) {
  const { t } = useLanguage();
  const [attempt, setAttempt] = useState(0);
  const [size, setSize] = useState({ width: 3, height: 4 });
  const [focus, setFocus] = useState({ x: 50, y: 35 });
  const state = usePhoto(photo, attempt);
  if (state.state === 'loading') return <Spin className={styles.centre ?? ''} />;
  if (state.state === 'failed' && state.failure.code === 'photo.erased')
    return <p className={styles.centre}>{t.review.photoErased}</p>;
  if (state.state === 'failed')
    return (
      <div className={styles.centre}>
        <p>{t.review.photoFailed}</p>
        <Button onClick={() => setAttempt(attempt + 1)}>{t.common.retry}</Button>
      </div>
    );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the space bar does the same
    // biome-ignore lint/a11y/noStaticElementInteractions: the space bar does the same
    <div
      className={styles.frame}
      title={zoomed ? undefined : t.review.zoom}
      style={{
        ...cssSizeOf(size),
        transform: zoomed ? `scale(${ZOOM})` : 'none',
        transformOrigin: `${focus.x}% ${focus.y}%`,
        cursor: zoomed ? 'zoom-out' : 'zoom-in',
      }}
      onClick={onZoom}
      onMouseMove={(event) => setFocus(pointOf(event))}
      onContextMenu={(event) => event.preventDefault()}
    >
      <img
        src={state.url}
        alt={title}
        draggable={false}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
          setSize({ width: naturalWidth, height: naturalHeight });
          onShown?.();
        }}
      />
      {children}
    </div>
  );
}

/** Custom properties, which React's type of a style does not know. */
function cssSizeOf({ width, height }: { width: number; height: number }): CSSProperties {
  return { '--ratio': width / height, '--natural': `${width}px` } as CSSProperties;
}

/** Where the pointer is within the place of the photo, in per cent. */
function pointOf(event: MouseEvent<HTMLElement>): { x: number; y: number } {
  const stage = event.currentTarget.parentElement ?? event.currentTarget;
  const box = stage.getBoundingClientRect();
  return {
    x: ((event.clientX - box.left) / box.width) * 100,
    y: ((event.clientY - box.top) / box.height) * 100,
  };
}
