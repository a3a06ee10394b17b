import { useTranslation } from 'react-i18next';
import { type SessionAt, send } from '../../state/station-store.ts';
import { Page } from '../../ui/page.tsx';
import { RequirementDrawings } from './requirement-drawings.tsx';

/** 拍照要求. */
export function RequirementsPage(_: { session: SessionAt<'requirements'> }) {
  const { t } = useTranslation();
  return (
    <Page
      back
      lead={t('requirements.lead')}
      primary={{
        id: 'to-camera',
        label: t('requirements.next'),
        onPress: () => void send('session.toCamera', {}),
      }}
      step="requirements"
      title={t('requirements.title')}
    >
      <RequirementDrawings />
    </Page>
  );
}
