// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhotoFileView, SavedPart } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { PhotoStick } from './photo-stick.tsx';

const PART = {
  fileName: 'gradshot-A.photos',
  photos: 3,
  more: false,
  unreadable: 0,
  keyRegistered: true,
};
const text = (testId: string) => screen.getByTestId(testId).textContent ?? '';
let station: TestStation;

beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  renderPage(<PhotoStick />);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('saving', () => {
  const save = async (value: SavedPart) => {
    station.answer('staff.savePhotos', { ok: true, value });
    fireEvent.click(await screen.findByTestId('save-photos-now'));
    // A press while the last one is at work counts for nothing.
    const button = () => screen.queryByTestId('save-photos-now')?.className ?? '';
    await waitFor(() => expect(button()).not.toContain('loading'));
  };
  beforeEach(() => void fireEvent.click(screen.getByTestId('save-photos')));

  it('says before anything else that nothing is removed from this station', () => {
    expect(text('save-photos-dialog')).toContain('不会被删除');
    expect(station.sent).toEqual([]);
  });

  it('gives the page’s file to the browser, and names it', async () => {
    const createObjectURL = vi.fn((_file: Blob) => 'blob:x');
    vi.stubGlobal('URL', { createObjectURL, revokeObjectURL: vi.fn() });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    await save({ outcome: 'given', data: new Uint8Array([1, 2]), ...PART });
    await waitFor(() => expect(text('saved-photos')).toContain('gradshot-A.photos'));
    expect(createObjectURL.mock.calls[0]?.[0].size).toBe(2);
    expect(screen.queryByTestId('save-photos-now')).toBeNull();
  });

  it('asks for part after part until none follows', async () => {
    await save({ outcome: 'saved', ...PART, more: true });
    await waitFor(() => expect(text('saved-photos')).toContain('一个文件放不下'));
    await save({ outcome: 'saved', ...PART, fileName: 'gradshot-A-2.photos' });
    await screen.findByTestId('save-photos-done');
    expect(station.sent.map(({ payload }) => payload)).toEqual([{ part: 1 }, { part: 2 }]);
    expect(text('saved-photos')).not.toContain('一个文件放不下');
  });

  it('asks for the same part again after it was called off', async () => {
    await save({ outcome: 'cancelled' });
    await save({ outcome: 'saved', ...PART });
    await screen.findByTestId('save-photos-done');
    expect(station.sent.map(({ payload }) => payload)).toEqual([{ part: 1 }, { part: 1 }]);
  });

  it('says when there is nothing, what is damaged, and that the key is missing', async () => {
    await save({ outcome: 'saved', ...PART, unreadable: 2, keyRegistered: false });
    await waitFor(() => expect(text('saved-photos')).toContain('有 2 张照片在本机磁盘上已损坏'));
    expect(text('saved-photos')).toContain('密钥还没有交给服务器保管');
    fireEvent.click(screen.getByTestId('save-photos-done'));
    fireEvent.click(screen.getByTestId('save-photos'));
    await save({ outcome: 'nothing', unreadable: 0 });
    await waitFor(() => expect(text('saved-photos')).toBe('没有未上传的照片，不需要保存。'));
  });

  it('says why nothing was saved', async () => {
    const error = { code: 'station.fileNotSaved', details: { reason: 'EROFS' } } as const;
    station.answer('staff.savePhotos', { ok: false, error });
    fireEvent.click(await screen.findByTestId('save-photos-now'));
    await waitFor(() => expect(text('save-photos-dialog')).toContain('EROFS'));
    expect(text('saved-photos')).toBe('');
  });
});

describe('handing in', () => {
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  const photo = (n: number, from: number) => ({
    ...{ photoId: id(n), orderNo: `G${n}`, from, originalBytes: 4, standardBytes: 2 },
    ...{ originalSha256: 'a'.repeat(64), standardSha256: 'b'.repeat(64) },
  });
  const VIEW: PhotoFileView = {
    installationId: id(9),
    stationName: '图书馆一楼 1 号机',
    savedAt: '2026-11-23T01:00:00.000Z',
    photos: [photo(1, 10), photo(2, 16)],
  };
  const outcomes = () =>
    [...screen.getByTestId('hand-in-outcomes').children].map((row) =>
      row.getAttribute('data-outcome'),
    );
  const choose = (...files: File[]) =>
    fireEvent.change(screen.getByTestId('photo-files'), { target: { files } });
  const stickFile = (bytes: number, name = 'a.photos') => {
    const content = Uint8Array.from({ length: bytes }, (_, index) => index);
    const file = new File([content], name);
    // What a browser's blobs can, jsdom's cannot.
    file.slice = (from = 0, to = bytes) => {
      const part = content.slice(from, to);
      return { arrayBuffer: async () => part.buffer } as Blob;
    };
    return file;
  };
  const sent = () => station.sent.filter(({ name }) => name === 'staff.handInPhoto');

  beforeEach(() => {
    fireEvent.click(screen.getByTestId('hand-in-photos'));
    station.answer('staff.readPhotoFile', { ok: true, value: VIEW });
    station.answer('staff.handInPhoto', { ok: true, value: { outcome: 'handedIn' } });
  });

  it('sends every photo’s own bytes, and says what came of each', async () => {
    choose(stickFile(22));
    await waitFor(() => expect(outcomes()).toEqual(['handedIn', 'handedIn']));
    expect(sent().map(({ payload }) => payload)).toMatchObject([
      { photoId: id(1), original: Uint8Array.of(10, 11, 12, 13), standard: Uint8Array.of(14, 15) },
      { photoId: id(2), original: Uint8Array.of(16, 17, 18, 19), standard: Uint8Array.of(20, 21) },
    ]);
    expect(text('hand-in-summary')).toBe('已交回 2 张，服务器上已有 0 张，未交回 0 张');
    expect(screen.queryByTestId('hand-in-again')).toBeNull();
  });

  it('goes on after a photo that is refused, and tells why', async () => {
    choose(stickFile(20));
    await waitFor(() => expect(outcomes()).toEqual(['handedIn', 'refused']));
    expect(text('hand-in-outcomes')).toContain('文件不完整或已损坏');
    expect(sent()).toHaveLength(1);
  });

  it('stops where every photo would fail alike, and goes on with the rest', async () => {
    station.answer('staff.handInPhoto', { ok: false, error: { code: 'network.unreachable' } });
    choose(stickFile(22));
    fireEvent.click(await screen.findByTestId('hand-in-again'));
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(outcomes()).toEqual(['refused', 'waiting']);
    expect(text('hand-in-dialog')).toContain('网络连接不上服务器');
    station.answer('staff.handInPhoto', { ok: true, value: { outcome: 'thereAlready' } });
    fireEvent.click(await screen.findByTestId('hand-in-again'));
    await waitFor(() => expect(outcomes()).toEqual(['thereAlready', 'thereAlready']));
  });

  it('names a file that is none', async () => {
    station.answer('staff.readPhotoFile', { ok: false, error: { code: 'stick.notPhotoFile' } });
    choose(stickFile(22, 'holiday.jpg'));
    await waitFor(() => expect(text('hand-in-outcomes')).toContain('holiday.jpg'));
    expect(text('hand-in-outcomes')).toContain('这不是采集点保存的照片文件');
  });
});
