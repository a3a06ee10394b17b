import type { Downloads, SheetLayout } from '@gradshot/contract';
import { type Failure, ok, type Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Picture } from '../platform/ports.ts';
import type { Parts } from './parts.ts';

/** 标准照, or 排版照 on one of the papers. */
export type DownloadChoice = 'standard' | SheetLayout;

export type DownloadState = {
  readonly orderId: string | undefined;
  readonly offers: Downloads | undefined;
  readonly choice: DownloadChoice;
  /** Pictures fetched so far, shown and saved as they are. */
  readonly pictures: Readonly<Partial<Record<DownloadChoice, Picture>>>;
  readonly busy: boolean;
  readonly saved: DownloadChoice | undefined;
  readonly failure: Failure | undefined;
  open(orderId: string): Promise<void>;
  choose(choice: DownloadChoice): Promise<void>;
  /** 保存照片. */
  save(): Promise<void>;
  /** Takes a refusal of the album back in the settings, then saves. */
  allowAndSave(): Promise<void>;
};

export const createDownloadStore = (parts: Parts) =>
  createStore<DownloadState>((set, get) => ({
    orderId: undefined,
    offers: undefined,
    choice: 'standard',
    pictures: {},
    busy: false,
    saved: undefined,
    failure: undefined,
    open: async (orderId) => {
      set({ orderId, offers: undefined, pictures: {}, saved: undefined, failure: undefined });
      const answer = await parts.api.call('getDownloads', { params: { orderId } });
      if (!answer.ok) return set({ failure: answer.error });
      set({ offers: answer.value });
      await get().choose('standard');
    },
    choose: async (choice) => {
      set({ choice, saved: undefined, failure: undefined });
      const picture = await pictureFor(parts, get(), choice);
      if (!picture.ok) return set({ failure: picture.error });
      set(({ pictures }) => ({ pictures: { ...pictures, [choice]: picture.value } }));
    },
    save: async () => {
      set({ busy: true, saved: undefined, failure: undefined });
      const { choice } = get();
      const picture = await pictureFor(parts, get(), choice);
      const saved = picture.ok
        ? await parts.platform.album.save(picture.value, fileNameOf(get(), choice))
        : picture;
      set(saved.ok ? { busy: false, saved: choice } : { busy: false, failure: saved.error });
    },
    allowAndSave: async () => {
      if (await parts.platform.album.openSettings()) await get().save();
    },
  }));

function pictureFor(
  { api }: Parts,
  { orderId = '', pictures }: DownloadState,
  choice: DownloadChoice,
): Promise<Result<Picture>> {
  const known = pictures[choice];
  if (known) return Promise.resolve(ok(known));
  return choice === 'standard'
    ? api.download('downloadStandard', { orderId })
    : api.download('downloadSheet', { orderId, layout: choice });
}

function fileNameOf({ offers }: DownloadState, choice: DownloadChoice): string {
  const named =
    choice === 'standard'
      ? offers?.standard
      : offers?.sheets.find(({ layout }) => layout === choice);
  return named?.fileName ?? `${choice}.jpg`;
}
