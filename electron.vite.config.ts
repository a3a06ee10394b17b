import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { version } from './package.json' with { type: 'json' };
import { recordBundle } from './scripts/shipped/bundle-record.ts';
import { NONCE_PLACEHOLDER } from './src/main/renderer-files.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Workspace packages are TypeScript sources, so they are bundled; all others are external. */
const WORKSPACE = [
  '@gradshot/contract',
  '@gradshot/domain',
  '@gradshot/imaging',
  '@gradshot/storage',
];

export default defineConfig({
  main: {
    plugins: [recordBundle('station-main')],
    define: { __APP_VERSION__: JSON.stringify(version) },
    build: {
      outDir: at('out/main'),
      sourcemap: true,
      externalizeDeps: { exclude: WORKSPACE },
      rolldownOptions: {
        input: {
          index: at('src/main/index.ts'),
          'browser-shell': at('src/main/browser-shell-main.ts'),
          'imaging-process': at('packages/imaging/src/process/host.ts'),
          'upkeep-thread': at('src/main/station/store/upkeep-thread.ts'),
          'heif-thread': at('packages/imaging/src/decode/heif/thread.ts'),
        },
      },
    },
  },
  preload: {
    plugins: [recordBundle('station-preload')],
    build: {
      outDir: at('out/preload'),
      // A sandboxed preload is one CommonJS file that can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    base: './',
    html: { cspNonce: NONCE_PLACEHOLDER },
    plugins: [react(), recordBundle('station-renderer')],
    build: {
      outDir: at('out/renderer'),
      // A data: URL would need more in the policy than a file of our own does.
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: at('src/renderer/index.html') } },
    },
  },
});
