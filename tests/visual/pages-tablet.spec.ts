import { lookAtTabletDesk } from './every-page.ts';

lookAtTabletDesk({ width: 1024, height: 768, language: 'zh', motion: false, accessibility: true });
