import { lookAtEveryPage } from './every-page.ts';

lookAtEveryPage({ width: 1080, height: 1920, language: 'zh', motion: false, accessibility: false });
