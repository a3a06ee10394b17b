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
  /** The page is left: the pictures go with it. */
  close(): void;
};

const EMPTY = {
  orderId: undefined,
  offers: undefined,
  choice: 'standard',
  pictures: {},
  busy: false,
  saved: undefined,
  failure: undefined,
} as const;

export const createDownloadStore = (parts: Parts) =>
  createStore<DownloadState>((set, get) => {
    const { api, platform } = parts;
    let visits = 0;
    /** Each picture is fetched once a visit: the server notes every look. */
    let fetching: Partial<Record<DownloadChoice, Promise<Result<Picture>>>> = {};
    const close = () => {
      visits += 1;
      fetching = {};
      for (const picture of Object.values(get().pictures)) platform.storage.release(picture);
      set(EMPTY);
    };
    const fetchPicture = async (choice: DownloadChoice): Promise<Result<Picture>> => {
      const visit = visits;
      const picture = await pictureFor(parts, get().orderId ?? '', choice);
      if (visit !== visits && picture.ok) platform.storage.release(picture.value);
      if (visit !== visits) return picture;
      delete fetching[choice];
      if (picture.ok)
        set(({ pictures }) => ({ pictures: { ...pictures, [choice]: picture.value } }));
      return picture;
    };
    const pictureOf = (choice: DownloadChoice): Promise<Result<Picture>> => {
      const known = get().pictures[choice];
      if (known) return Promise.resolve(ok(known));
      fetching[choice] ??= fetchPicture(choice);
      return fetching[choice];
    };
    return {
      ...EMPTY,
      open: async (orderId) => {
        close();
        const visit = visits;
        set({ orderId });
        const answer = await api.call('getDownloads', { params: { orderId } });
        if (visit !== visits) return;
        if (!answer.ok) return set({ failure: answer.error });
        set({ offers: answer.value });
        await get().choose('standard');
      },
      choose: async (choice) => {
        const visit = visits;
        set({ choice, saved: undefined, failure: undefined });
        const picture = await pictureOf(choice);
        const isShown = visit === visits && get().choice === choice;
        if (isShown && !picture.ok) set({ failure: picture.error });
      },
      save: async () => {
        if (get().busy) return;
        const visit = visits;
        set({ busy: true, saved: undefined, failure: undefined });
        const { choice } = get();
        const picture = await pictureOf(choice);
        if (visit !== visits) return;
        const saved = picture.ok
          ? await platform.album.save(picture.value, fileNameOf(get(), choice))
          : picture;
        if (visit !== visits) return;
        set({ busy: false });
        if (get().choice === choice) set(saved.ok ? { saved: choice } : { failure: saved.error });
      },
      allowAndSave: async () => {
        if (await platform.album.openSettings()) await get().save();
      },
      close,
    };
  });

function pictureFor(
  { api }: Parts,
  orderId: string,
  choice: DownloadChoice,
): Promise<Result<Picture>> {
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
