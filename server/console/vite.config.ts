import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The server puts a fresh nonce of its policy in the place of this word at every request. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

export default defineConfig({
  root: import.meta.dirname,
  // Served by the server under this path.
  base: '/console/',
  html: { cspNonce: NONCE_PLACEHOLDER },
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // A data: URL would need more in the policy than a file of our own does.
    assetsInlineLimit: 0,
    // antd is one library of half a megabyte (gzip 170 kB) that the browser keeps for a year.
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-)/ },
            { name: 'vendor', test: /node_modules/ },
          ],
        },
      },
    },
  },
});
