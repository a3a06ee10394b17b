import { Button, Result } from 'antd';
import { Link } from 'react-router';
import { useLanguage } from '../i18n/language.tsx';

export function MissingPage() {
  const { t } = useLanguage();
  return (
    <Result
      status="404"
      title={t.missing.title}
      extra={
        <Link to="/dashboard">
          <Button type="primary">{t.missing.back}</Button>
        </Link>
      }
    />
  );
}

export function ForbiddenPage() {
  const { t } = useLanguage();
  return <Result status="403" title={t.forbidden.title} subTitle={t.forbidden.lead} />;
}
