import path from 'node:path';
import { defineConfig } from '@tarojs/cli';
import { RecordBundle } from './record-bundle';

/** React 18 of this workspace wins over the root's React 19. */
const OWN_MODULES = [path.resolve(__dirname, '../node_modules'), 'node_modules'];
const WASM = path.resolve(
  path.dirname(require.resolve('zxing-wasm/reader/zxing_reader.wasm')),
  'zxing_reader.wasm',
);

/** Sources of the workspace and modern packages go through Babel as the pages do. */
const compile = {
  include: [
    path.resolve(__dirname, '../../packages/domain/src'),
    (file: string) => /node_modules[\\/](zustand|js-sha256|qrcode)[\\/]/.test(file),
  ],
};

/**
 * Origin of the server, without a slash at the end. The mini-program needs an absolute one, listed
 * among its request domains; H5 is served by the server itself, so the page's own origin is right.
 */
const apiBase =
  process.env.GRADSHOT_API_BASE ??
  (process.env.TARO_ENV === 'weapp' ? 'http://127.0.0.1:8080' : '');

type Chain = {
  resolve: { modules: { merge(paths: string[]): void } };
  optimization: { splitChunks(options: object): void };
  performance: { hints(level: false): void };
  plugin(name: string): { use(plugin: new () => object): void };
};

function ownModules(chain: Chain): void {
  chain.resolve.modules.merge(OWN_MODULES);
  chain.plugin('record-bundle').use(RecordBundle);
}

/** What several pages share is loaded once, not with each of them. */
function h5Chain(chain: Chain): void {
  ownModules(chain);
  chain.optimization.splitChunks({
    chunks: 'all',
    minSize: 20_000,
    cacheGroups: { shared: { minChunks: 2, reuseExistingChunk: true } },
  });
  chain.performance.hints(false);
}

export default defineConfig({
  projectName: 'gradshot-companion',
  date: '2026-11-23',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  plugins: ['@tarojs/plugin-framework-react'],
  defineConstants: { API_BASE: JSON.stringify(apiBase) },
  copy: {
    patterns:
      process.env.TARO_ENV === 'h5' ? [{ from: WASM, to: 'dist/h5/static/zxing_reader.wasm' }] : [],
    options: {},
  },
  mini: {
    compile,
    postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false } },
    webpackChain: ownModules as never,
  },
  h5: {
    compile,
    // Relative, so that the same build runs under any path of the server.
    publicPath: './',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    devServer: { open: false, proxy: [{ context: ['/v1'], target: 'http://127.0.0.1:8080' }] },
    output: {
      filename: 'js/[name].[contenthash:8].js',
      chunkFilename: 'js/[name].[contenthash:8].js',
    },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    postcss: {
      autoprefixer: { enable: true, config: {} },
      // The root size stops growing at a tablet's width, so that a desktop shows a phone's page.
      pxtransform: { enable: true, config: { baseFontSize: 20, minRootSize: 17, maxRootSize: 23 } },
      cssModules: { enable: false },
    },
    webpackChain: h5Chain as never,
  },
});
