import { patient } from './slowness.ts';

// Before every test file with a page: what a page shows at last may take its time.
if ('document' in globalThis) {
  const { configure } = await import('@testing-library/react');
  configure({ asyncUtilTimeout: patient(5_000) });
}
