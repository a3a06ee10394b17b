import { lookAtTabletDesk } from './every-page.ts';

lookAtTabletDesk({ width: 768, height: 1024, language: 'zh', motion: false, accessibility: true });
