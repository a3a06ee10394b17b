import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { extractFile, listPackage } from '@electron/asar';
import { PHOTO_PROFILES } from '@gradshot/domain';
import { createImagingProcess, forkImagingChild } from '@gradshot/imaging';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packagesIn, shipmentNamed } from '../../scripts/shipped/shipments.ts';

/**
 * Packages the built station with a stand-in for Electron's program, which says what would be in
 * a kiosk's package: the real one cannot be downloaded everywhere. Needs out/ (`npm run build`).
 */

const ROOT = join(import.meta.dirname, '../..');
const CONFIG = join(ROOT, 'build/electron-builder.yml');
const NATIVE = ['better-sqlite3', 'onnxruntime-node', 'sharp', '@img', 'usb'];

const require = createRequire(import.meta.url);
const { build, Platform, Arch } = require('electron-builder') as typeof import('electron-builder');
const { getConfig, validateConfiguration } =
  require('app-builder-lib/out/util/config/config.js') as typeof import('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = require('builder-util') as typeof import('builder-util');

/** What electron-builder looks for in an Electron folder. */
function standInElectron(folder: string): void {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'));
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\n', { mode: 0o755 });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/zh-CN.pak']) {
    writeFileSync(join(folder, name), '');
  }
}

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;

const MODULE = /node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/;

const STATION = shipmentNamed('station');

test('the configuration is valid and the fuses are set', async () => {
  const config = await getConfig(ROOT, CONFIG, null);
  await validateConfiguration(config, new DebugLogger(false));
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

const isBuilt = existsSync(join(ROOT, 'out/main/index.js'));

describe.skipIf(!isBuilt || process.platform !== 'linux')(
  'the package for Linux (needs out/: npm run build)',
  () => {
    let folder: string;
    let resources: string;
    let listed: readonly string[];

    const isPacked = (name: string) => listed.includes(`/node_modules/${name}`);
    /** Of the module whose package.json lies in the archive there. */
    const nameAndVersion = (file: string) => {
      const text = extractFile(join(resources, 'app.asar'), file.slice(1)).toString();
      const { name, version } = JSON.parse(text);
      return `${name} ${version}`;
    };

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'gradshot-package-'));
      standInElectron(join(folder, 'electron'));
      await build({
        projectDir: ROOT,
        targets: Platform.LINUX.createTarget('dir', Arch.x64),
        config: {
          extends: CONFIG,
          directories: { output: join(folder, 'packages'), buildResources: 'build' },
          electronDist: join(folder, 'electron'),
          // A stand-in has no fuses to set.
          electronFuses: null,
        },
      });
      resources = join(folder, 'packages/linux-unpacked/resources');
      listed = listPackage(join(resources, 'app.asar'), { isPack: false });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('holds the built programs and the interface', () => {
      for (const file of [
        '/out/main/index.js',
        '/out/main/imaging-process.js',
        '/out/preload/index.cjs',
        '/out/renderer/index.html',
      ]) {
        expect(listed).toContain(file);
      }
    });

    test('holds no sources, tests, maps, simulators, server or second Node', () => {
      const stray =
        /\.(ts|tsx|map)$|\/(src\/main|server|miniprogram|tests)\/|node-linux-|@gradshot|@vladmandic|@mediapipe|fastify|vitest/;
      expect(listed.filter((file) => stray.test(file))).toEqual([]);
    });

    test('holds every package that the programs ask for at run time', () => {
      for (const name of ['zod', 'pino', 'onnxruntime-common', ...NATIVE]) {
        expect(listed, name).toContain(`/node_modules/${name}`);
      }
    });

    test('holds the licence of every packed module that has one', () => {
      const lost = packagesIn(STATION).filter(({ name, folder }) => {
        if (!isPacked(name)) return false;
        const texts = readdirSync(join(ROOT, folder)).filter((file) => LICENCE_FILE.test(file));
        return texts.some((file) => !listed.includes(`/node_modules/${name}/${file}`));
      });
      expect(lost.map(({ name }) => name)).toEqual([]);
      for (const name of ['usb', 'real-require', '@img/colour'])
        expect(listed).toContain(`/node_modules/${name}/LICENSE.md`);
    });

    test('lays licences, notice and the texts for every packed module beside the program', () => {
      const read = (name: string) => readFileSync(join(resources, '..', name), 'utf8');
      expect(read('LICENSE.gradshot.txt')).toContain('All rights reserved');
      expect(listed).not.toContain('/out/third-party-licences.txt');
      const [notice, texts] = [read('NOTICE.txt'), read('LICENSES.third-party.txt')];
      const modules = listed.filter((file) => MODULE.test(file)).map(nameAndVersion);
      expect(modules.length).toBeGreaterThan(40);
      expect(modules.filter((name) => !notice.includes(`- ${name}: `))).toEqual([]);
      expect(modules.filter((name) => !texts.includes(`${name} (`))).toEqual([]);
      // libvips' own package has no licence file; its README names the licences inside.
      expect(texts).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
      expect(texts).toContain('Prebuilt libvips and dependencies');
    });

    test('holds the binaries of its own system alone', () => {
      const others = /(win32|darwin|linuxmusl|linux-arm64)|napi-v6\/linux\/arm64/;
      const binaries = listed.filter((file) => /\.(node|so|dll|dylib)/.test(file));
      expect(binaries.length).toBeGreaterThan(3);
      expect(binaries.filter((file) => others.test(file))).toEqual([]);
    });

    test.each(NATIVE)('%s lies beside the archive, where the system can load it', (name) => {
      expect(statSync(join(resources, 'app.asar.unpacked/node_modules', name)).isDirectory()).toBe(
        true,
      );
    });

    test('decodes HEIC on a thread that lies beside the archive', async () => {
      const unpacked = join(resources, 'app.asar.unpacked');
      const bytes = readFileSync(join(ROOT, 'packages/imaging/tests/decode/heif/plain.heic'));
      const workerData = { bytes, maxPixels: 1_000_000, displayP3: new Uint8Array() };
      const thread = new Worker(join(unpacked, 'out/main/heif-thread.js'), { workerData });
      const [answer] = await once(thread, 'message');
      await thread.terminate();
      expect(answer).toMatchObject({ kind: 'tiff' });
      expect(existsSync(join(unpacked, 'node_modules/libheif-js/LICENSE'))).toBe(true);
    });

    test('the built imaging process finds that thread', async () => {
      const hostFile = join(ROOT, 'out/main/imaging-process.js');
      const imaging = createImagingProcess({
        spawn: () => forkImagingChild(hostFile),
        engine: { modelsDir: join(ROOT, 'resources/models'), provider: 'cpu' },
      });
      const heic = readFileSync(join(ROOT, 'packages/imaging/tests/decode/heif/plain.heic'));
      const { report } = await imaging.standardize(heic, { profile: PHOTO_PROFILES[0] });
      await imaging.close();
      // read, and nobody was drawn on it
      expect(report.reason?.code).toBe('imaging.noFace');
    });

    test('looks after a database on a thread that lies beside the archive', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'upkeep-'));
      const file = join(folder, 'station.db');
      new BetterSqlite3(file).exec('CREATE TABLE t (x)').close();
      const thread = new Worker(join(resources, 'app.asar.unpacked/out/main/upkeep-thread.js'));
      thread.postMessage({ id: 1, file, task: { kind: 'check' } });
      const [answer] = await once(thread, 'message');
      await thread.terminate();
      rmSync(folder, { recursive: true });
      expect(answer).toEqual({ id: 1, value: 'ok' });
    });

    test('holds every model of the manifest', () => {
      const manifest = JSON.parse(readFileSync(join(resources, 'models/manifest.json'), 'utf8'));
      for (const { file } of manifest.models) {
        expect(existsSync(join(resources, 'models', file)), file).toBe(true);
      }
    });
  },
);
