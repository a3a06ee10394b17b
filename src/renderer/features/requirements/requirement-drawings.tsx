import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Figure, type Look } from './figure.tsx';
import styles from './requirements-page.module.css';

type Topic =
  | 'wall'
  | 'framing'
  | 'face'
  | 'expression'
  | 'glasses'
  | 'clothes'
  | 'light'
  | 'makeup';

/** Each requirement kept and broken. */
const DRAWINGS: readonly { readonly topic: Topic; readonly good: Look; readonly bad: Look }[] = [
  { topic: 'wall', good: {}, bad: { wall: 'pattern' } },
  { topic: 'framing', good: {}, bad: { scale: 1.75 } },
  { topic: 'face', good: {}, bad: { hair: 'covering', tilt: 12 } },
  { topic: 'expression', good: {}, bad: { mouth: 'teeth', eyes: 'half' } },
  { topic: 'glasses', good: { glasses: 'clear' }, bad: { glasses: 'tinted', jewellery: true } },
  { topic: 'clothes', good: {}, bad: { clothes: 'blue' } },
  { topic: 'light', good: {}, bad: { light: 'half' } },
  { topic: 'makeup', good: {}, bad: { makeup: true } },
];

/** The requirements, drawn: what is right beside what is wrong. */
export function RequirementDrawings() {
  const { t } = useTranslation();
  return (
    <ul className={styles.grid}>
      {DRAWINGS.map(({ topic, good, bad }) => (
        <li className={styles.topic} key={topic}>
          <h2 className={styles.title}>{t(`requirements.items.${topic}.title`)}</h2>
          <div className={styles.pair}>
            <Example kind="good" look={good} words={t(`requirements.items.${topic}.good`)} />
            <Example kind="bad" look={bad} words={t(`requirements.items.${topic}.bad`)} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Example({ kind, look, words }: { kind: 'good' | 'bad'; look: Look; words: string }) {
  const { t } = useTranslation();
  const Sign = kind === 'good' ? CheckCircleFilled : CloseCircleFilled;
  return (
    <figure className={styles.example} data-kind={kind}>
      <div className={styles.drawing}>
        <Figure look={look} />
        <Sign aria-label={t(`requirements.${kind}`)} className={styles.sign ?? ''} />
      </div>
      <figcaption className={styles.words}>{words}</figcaption>
    </figure>
  );
}
