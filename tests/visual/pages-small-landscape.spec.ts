import { lookAtEveryPage } from './every-page.ts';

lookAtEveryPage({ width: 1366, height: 768, language: 'zh', motion: false, accessibility: true });
