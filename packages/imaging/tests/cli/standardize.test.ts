import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertModels } from '../../src/models/convert-models.ts';
import { drawScene, ordinaryScene } from '../../src/robustness/portrait-scene.ts';
import { MODELS_DIR } from '../face/test-models.ts';

const run = promisify(execFile);
/** No process has a higher number. */
const MAX_PID = 2 ** 22;
const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

let folder: string;
let photos: string;
let out: string;
beforeAll(async () => {
  await convertModels(MODELS_DIR);
  folder = await mkdtemp(path.join(tmpdir(), 'standardize-'));
  photos = path.join(folder, 'photos');
  out = path.join(folder, 'out');
  await mkdir(photos);
  await mkdir(path.join(folder, 'roster'));
  const picture = await drawScene(ordinaryScene(640));
  await picture.clone().jpeg({ quality: 95 }).toFile(path.join(photos, 'anna.jpg'));
  await picture.clone().png().toFile(path.join(photos, 'bert.png'));
  await picture
    .clone()
    .resize(300)
    .jpeg()
    .toFile(path.join(folder, 'roster', 'Anna.jpg'));
  // as in a folder of results
  await writeFile(path.join(folder, 'roster', 'Anna.json'), '{}');
  await writeFile(path.join(photos, 'broken.jpg'), 'no picture');
});
afterAll(() => rm(folder, { recursive: true }));

type Line = {
  file: string;
  accepted: boolean;
  reason?: { code: string };
  sheets?: { jpeg?: string; code?: string }[];
  identity?: { band?: string; code?: string };
};

async function standardize(...more: string[]) {
  const args = [MAIN, photos, '--out', out, '--provider', 'cpu', '--json', '-', ...more];
  const { stdout, code } = await run(process.execPath, args).then(
    (done) => ({ stdout: done.stdout, code: 0 }),
    (failed: { stdout: string; code: number }) => ({ stdout: failed.stdout, code: failed.code }),
  );
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { code, lines: new Map(lines.map((line) => [path.basename(line.file), line])) };
}

const EXTRAS = ['--sheet', '6in', '--caption', '{name}', '--explain', '--csv'];

describe('standardize', { timeout: 240_000 }, () => {
  it('makes photos, sheets, explanations, comparisons and a table of a folder', async () => {
    const table = path.join(folder, 'all.csv');
    const reference = ['--reference', path.join(folder, 'roster')];
    const { code, lines } = await standardize(...EXTRAS, table, ...reference, '--jobs', '2');
    // one file could not be read
    expect(code).toBe(1);
    expect(lines.get('broken.jpg')).toMatchObject({ reason: { code: 'photo.notAnImage' } });
    expect(lines.get('anna.jpg')).toMatchObject({ identity: { band: 'similar' } });
    expect(lines.get('bert.png')?.identity).toEqual({ code: 'photo.fileMissing' });
    for (const name of ['anna', 'bert']) {
      expect(await sizeOf(`${name}.jpg`)).toEqual([480, 640]);
      expect(await sizeOf(`${name}.6in.jpg`)).toEqual([1795, 1205]);
      expect((await readFile(path.join(out, `${name}.6in.pdf`))).subarray(0, 5).toString()).toBe(
        '%PDF-',
      );
      expect((await sizeOf(`${name}.explain.png`))[1]).toBe(1280);
    }
    expect((await readFile(table, 'utf8')).split('\r\n')).toHaveLength(5);
  });

  it('does nothing again that is there, and everything that is not', async () => {
    const table = path.join(folder, 'again.csv');
    const reference = ['--reference', path.join(folder, 'roster')];
    const photo = path.join(out, 'anna.jpg');
    const before = await stat(photo);
    await standardize(...EXTRAS, table, ...reference, '--resume');
    expect((await stat(photo)).mtimeMs).toBe(before.mtimeMs);
    // another background is another photo
    await standardize(...EXTRAS, table, ...reference, '--resume', '--background', 'white');
    expect((await stat(photo)).mtimeMs).toBeGreaterThan(before.mtimeMs);
    const corner = await sharp(photo).extract({ left: 0, top: 0, width: 1, height: 1 }).raw();
    expect([...(await corner.toBuffer())]).toEqual([255, 255, 255]);
  });

  it('makes again what was cut off, what has changed since, and clears up', async () => {
    const white = ['--background', 'white', '--resume'];
    await standardize(...white);
    const [cut, whole] = [path.join(out, 'anna.jpg'), path.join(out, 'bert.jpg')];
    const before = await stat(whole);
    await truncate(cut, 1000);
    await writeFile(path.join(out, `anna.jpg.${MAX_PID + 1}.tmp`), 'half');
    await standardize(...white);
    expect(await sizeOf('anna.jpg')).toEqual([480, 640]);
    expect((await readdir(out)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect((await stat(whole)).mtimeMs).toBe(before.mtimeMs);
    // older too: a copy keeps the time of what it was copied from
    const last = await Promise.all([stat(cut), stat(whole)]);
    for (const [name, seconds] of [
      ['anna.jpg', 1],
      ['bert.png', -100_000],
    ] as const) {
      const another = new Date(Date.now() + 1000 * seconds);
      await utimes(path.join(photos, name), another, another);
    }
    await standardize(...white);
    expect((await stat(cut)).mtimeMs).toBeGreaterThan(last[0].mtimeMs);
    expect((await stat(whole)).mtimeMs).toBeGreaterThan(last[1].mtimeMs);
  });

  it('judges a reference by the roster’s own thresholds, and captions a plan with the name', async () => {
    const bands = path.join(folder, 'bands.json');
    const thresholds = { mismatchBelow: 0.99999, similarFrom: 1, basis: 'class-1' };
    await writeFile(bands, JSON.stringify({ thresholds, fitted: true }));
    const plan = path.join(folder, 'named.json');
    await writeFile(plan, '{"paper":"5in","cells":[{"cell":"1in"}],"caption":"{name}"}');
    const more = ['--reference', path.join(folder, 'roster'), '--thresholds', bands];
    const { lines } = await standardize(...more, '--sheet', plan);
    expect(lines.get('anna.jpg')).toMatchObject({
      identity: { band: 'mismatch', basis: 'class-1' },
    });
    const sheets = ['anna', 'bert'].map((name) => readFile(path.join(out, `${name}.named.jpg`)));
    const [anna, bert] = await Promise.all(sheets);
    expect(anna!.equals(bert!)).toBe(false);
  });

  it('names a file that is not there', async () => {
    const { code, lines } = await standardize(path.join(folder, 'gone.jpg'), '--resume');
    expect(code).toBe(1);
    expect(lines.get('gone.jpg')).toMatchObject({ reason: { code: 'photo.fileMissing' } });
  });

  it('says what is wrong with a wish before it starts', async () => {
    const args = [MAIN, photos, '--out', out];
    for (const [more, said] of [
      [['--sheet', '7in'], '--sheet'],
      [['--sheet', '5in', '--sheet', '5in'], 'two are named "5in"'],
      [['--csv', path.join(folder, 'nowhere', 'all.csv')], 'nowhere'],
    ] as const) {
      await expect(run(process.execPath, [...args, ...more])).rejects.toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining(said),
      });
    }
  });

  it('never writes over an original', async () => {
    const link = path.join(folder, 'same-photos');
    await symlink(photos, link);
    const before = await readFile(path.join(photos, 'anna.jpg'));
    for (const place of [photos, link]) {
      await expect(run(process.execPath, [MAIN, photos, '--out', place])).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringContaining('written over'),
      });
    }
    expect((await readFile(path.join(photos, 'anna.jpg'))).equals(before)).toBe(true);
  });

  it('says in a line what could not be written', async () => {
    const blocked = path.join(folder, 'blocked');
    await mkdir(path.join(blocked, 'anna.jpg'), { recursive: true });
    const args = [MAIN, photos, '--out', blocked, '--provider', 'cpu'];
    const { code, stderr } = await run(process.execPath, args).catch((failed) => failed);
    expect(code).toBe(1);
    expect(stderr.trim()).toMatch(/^standardize: .*anna\.jpg/);
    expect(stderr).not.toContain(' at ');
  });

  it('ends quietly when nobody reads any further', async () => {
    const args = [MAIN, photos, '--out', path.join(folder, 'piped'), '--provider', 'cpu'];
    const child = spawn(process.execPath, [...args, '--json', '-'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    const said: string[] = [];
    child.stderr.on('data', (chunk) => said.push(String(chunk)));
    await once(child, 'close');
    expect(said.join('')).toBe('');
  });
});

async function sizeOf(name: string): Promise<(number | undefined)[]> {
  const { width, height } = await sharp(path.join(out, name)).metadata();
  return [width, height];
}
