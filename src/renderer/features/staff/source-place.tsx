import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TetheredSource } from '../../../shared/index.ts';
import { ScreenKeyboard } from '../../ui/screen-keyboard.tsx';
import styles from './portrait-source.module.css';

type SourcePlaceProps = {
  readonly kind: TetheredSource['kind'];
  readonly place: string;
  readonly onChange: (place: string) => void;
};

const TEXT = {
  watchFolder: { label: 'staff.sourceFolder', hint: 'staff.sourceFolderHint' },
  gphoto2: { label: 'staff.sourceProgram', hint: 'staff.sourceProgramHint' },
} as const;

/** Where the pictures come to, or where the program lies. */
export function SourcePlace({ kind, place, onChange }: SourcePlaceProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.place}>
      <h2 className={styles.label} id="source-place">
        {t(TEXT[kind].label)}
      </h2>
      <Input
        aria-labelledby="source-place"
        autoComplete="off"
        data-testid="source-place"
        onChange={({ target }) => onChange(target.value)}
        size="large"
        spellCheck={false}
        value={place}
      />
      <span className={styles.hint}>{t(TEXT[kind].hint)}</span>
      <div className={styles.keyboard}>
        <ScreenKeyboard
          onCharacter={(character) => onChange(place + character)}
          onErase={() => onChange(place.slice(0, -1))}
        />
      </div>
    </div>
  );
}
