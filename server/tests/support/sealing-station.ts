import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Client,
  type LabelledPhoto,
  type PhotoLabel,
  type SealedPhotoUpload,
  stationKeyContext,
} from '@gradshot/contract';
import { createFileObjectStore, sealToKey } from '@gradshot/storage';
import type { School } from '../../src/ports/schools/school-repository.ts';
import type { TestPhoto } from './pictures.ts';
import { type TestServer, unwrap } from './test-server.ts';

/** A station that seals photos with a key of its own, as one that cannot reach the server does. */
export type SealingStation = {
  readonly client: Client;
  readonly stationId: string;
  readonly installationId: string;
  readonly key: Buffer;
  /** Entrusts the key to the server. */
  register(): Promise<void>;
  /** What lies on its disk of a photo. */
  seal(
    photo: TestPhoto,
    of: { readonly orderId: string } & Partial<LabelledPhoto>,
  ): Promise<SealedPhotoUpload>;
};

export async function addSealingStation(
  server: TestServer,
  school: School,
): Promise<SealingStation> {
  const { authorization, stationId } = await server.addStation(school);
  const station = await server.environment.storage.stations.find(stationId);
  if (!station) throw new Error('the station vanished');
  const client = server.client(authorization);
  const key = randomBytes(32);
  const { installationId } = station;
  return {
    ...{ client, stationId, installationId, key },
    async register() {
      const sealedKey = await sealedFor(client, key, installationId);
      unwrap(await client.call('registerStationKey', { body: { sealedKey } }));
    },
    seal: (photo, of) => seal({ key, installationId }, photo, of),
  };
}

export async function sealedFor(client: Client, key: Buffer, installationId: string) {
  const { keyEscrow } = unwrap(await client.call('getStationSettings'));
  const publicKey = Buffer.from(keyEscrow?.publicKey ?? '', 'base64');
  return sealToKey(publicKey, key, stationKeyContext(installationId)).toString('base64');
}

type Sealer = Pick<SealingStation, 'key' | 'installationId'>;

async function seal(
  { key, installationId }: Sealer,
  { meta, original, standard }: TestPhoto,
  of: { readonly orderId: string } & Partial<LabelledPhoto>,
): Promise<SealedPhotoUpload> {
  const { originalSha256, originalType, standardSha256, capturedAt, report } = meta;
  const label: LabelledPhoto = {
    ...{ photoId: randomUUID(), orderNo: 'G1', step: 'handedIn', sequence: 1 },
    ...{ at: capturedAt, capturedAt, profileId: report.profile.id, width: 900, height: 1200 },
    ...{ originalSha256, originalType },
    ...of,
    ...{ kind: 'standard', standardSha256, report },
  } as LabelledPhoto;
  const dir = await mkdtemp(join(tmpdir(), 'sealing-'));
  const objects = createFileObjectStore(dir, key);
  const bytes: PhotoLabel = { version: 1, photos: [label] };
  await objects.put(original);
  await objects.put(standard, Buffer.from(JSON.stringify(bytes)));
  const file = async (sha256: string) => (await objects.sealed(sha256)) ?? Buffer.alloc(0);
  const sealed = {
    photoId: label.photoId,
    meta: { installationId, originalSha256, standardSha256 },
    original: await file(originalSha256),
    standard: await file(standardSha256),
  };
  await rm(dir, { recursive: true });
  return sealed;
}
