import { lookAtEveryPage } from './every-page.ts';

lookAtEveryPage({ width: 1920, height: 1080, language: 'en', motion: false, accessibility: false });
