import { type Failure, isRetryable, ok, type Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import type { Picture, PictureType } from '../platform/ports.ts';
import { newId, type Parts } from './parts.ts';
import { HEAD_BYTES, pictureTypeOf } from './picture-type.ts';
import { type Outgoing, uploadOriginal } from './upload.ts';

/** What is kept on the phone about a shot until it is submitted. */
type KeptShot = {
  readonly photoId: string;
  readonly type: PictureType;
  readonly capturedAt: string;
  readonly sha256?: string;
};

export type Shot = KeptShot & { readonly orderId: string; readonly picture: Picture };

/** `interrupted`: what was sent is kept by the server; 继续上传 goes on from there. */
export type ShotPhase = 'none' | 'taken' | 'uploading' | 'interrupted' | 'uploaded';

export type ShotState = {
  readonly shot: Shot | undefined;
  readonly phase: ShotPhase;
  /** 0–1 of the file's bytes. */
  readonly progress: number;
  readonly failure: Failure | undefined;
  /** Finds a shot of an earlier run of the program. */
  restore(orderId: string): Promise<void>;
  /** A fresh picture of the camera; copied to safety before it is shown. */
  take(orderId: string, picture: Result<Picture | null>): Promise<boolean>;
  /** 上传 or 继续上传; true when the server has all of it. */
  upload(): Promise<boolean>;
  /** 重拍, or the photo is submitted and the copy no longer needed. */
  drop(orderId: string): Promise<void>;
};

type Set = (part: Partial<ShotState>) => void;

const NONE = { shot: undefined, phase: 'none', progress: 0, failure: undefined } as const;
const keyOf = (orderId: string) => `shot:${orderId}`;

export const createShotStore = (parts: Parts) =>
  createStore<ShotState>((set, get) => {
    /** The page of which order is in front, by the order of asking. */
    let asked = 0;
    let taking = false;
    const show = (shot: Shot | undefined, phase: ShotPhase = 'none') => {
      const { shot: before, phase: was } = get();
      // One that is being sent is still read from.
      if (before && before.photoId !== shot?.photoId && was !== 'uploading')
        parts.platform.storage.release(before.picture);
      set({ ...NONE, shot, phase });
    };
    /** What an upload tells after another shot came into view is about none that is shown. */
    const about =
      ({ photoId }: Shot): Set =>
      (part) =>
        get().shot?.photoId === photoId && set(part);
    return {
      ...NONE,
      restore: async (orderId) => {
        asked += 1;
        const own = asked;
        if (get().shot?.orderId === orderId) return;
        const shot = await findShot(parts, orderId);
        if (own !== asked && shot) parts.platform.storage.release(shot.picture);
        if (own !== asked) return;
        show(shot, shot ? (shot.sha256 ? 'interrupted' : 'taken') : 'none');
      },
      take: async (orderId, picture) => {
        // Of two taps the second would leave a copy behind that nobody drops.
        if (taking) return false;
        taking = true;
        set({ failure: undefined });
        const shot = await keepPicture(parts, orderId, picture).finally(() => {
          taking = false;
        });
        if (!shot.ok) set({ failure: shot.error });
        else if (shot.value) show(shot.value, 'taken');
        return shot.ok && shot.value !== null;
      },
      upload: async () => {
        const { shot, phase } = get();
        if (!shot || phase === 'uploading') return false;
        const tell = about(shot);
        tell({ phase: 'uploading', failure: undefined });
        const sent = await send(parts, tell, shot);
        if (sent.ok) tell({ phase: 'uploaded', progress: 1 });
        else
          tell({
            phase: isRetryable(sent.error.code) ? 'interrupted' : 'taken',
            failure: sent.error,
          });
        return sent.ok;
      },
      drop: async (orderId) => {
        await dropShot(parts, orderId);
        if (get().shot?.orderId === orderId) show(undefined);
      },
    };
  });

/** A picture that is not taken is let go. */
async function keepPicture(
  parts: Parts,
  orderId: string,
  picture: Result<Picture | null>,
): Promise<Result<Shot | null>> {
  if (!picture.ok) return picture;
  const shot = await keepShot(parts, orderId, picture.value);
  if (!shot.ok && picture.value) parts.platform.storage.release(picture.value);
  return shot;
}

async function keepShot(
  parts: Parts,
  orderId: string,
  picture: Picture | null,
): Promise<Result<Shot | null>> {
  if (!picture) return ok(null);
  const { storage } = parts.platform;
  const head = await storage.readBytes(picture, 0, HEAD_BYTES);
  const type = head.ok ? pictureTypeOf(head.value) : head;
  if (!type.ok) return type;
  await dropShot(parts, orderId);
  const kept = { photoId: await newId(parts.platform), type: type.value, capturedAt: parts.now() };
  // Named before it is written: a program that ends in between leaves no copy without a name.
  storage.set(keyOf(orderId), JSON.stringify(kept));
  const copy = await storage.pictures.keep(kept.photoId, picture);
  if (!copy.ok) {
    await dropShot(parts, orderId);
    return copy;
  }
  return ok({ ...kept, orderId, picture: copy.value });
}

async function findShot({ platform }: Parts, orderId: string): Promise<Shot | undefined> {
  const text = platform.storage.get(keyOf(orderId));
  if (!text) return undefined;
  const kept = JSON.parse(text) as KeptShot;
  const picture = await platform.storage.pictures.find(kept.photoId);
  return picture && { ...kept, orderId, picture };
}

async function dropShot({ platform }: Parts, orderId: string): Promise<void> {
  const text = platform.storage.get(keyOf(orderId));
  if (!text) return;
  platform.storage.remove(keyOf(orderId));
  await platform.storage.pictures.drop((JSON.parse(text) as KeptShot).photoId);
}

async function send(parts: Parts, set: Set, shot: Shot): Promise<Result<unknown>> {
  const { storage } = parts.platform;
  const digest = shot.sha256 ? ok(shot.sha256) : await storage.sha256(shot.picture);
  if (!digest.ok) return digest;
  const { photoId, type, capturedAt } = shot;
  const kept: KeptShot = { photoId, type, capturedAt, sha256: digest.value };
  storage.set(keyOf(shot.orderId), JSON.stringify(kept));
  set({ shot: { ...shot, sha256: digest.value } });
  const outgoing: Outgoing = { ...shot, sha256: digest.value };
  return uploadOriginal(parts, outgoing, (progress) => set({ progress }));
}
