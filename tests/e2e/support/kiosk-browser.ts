import { join } from 'node:path';
import {
  drawCodeOnPhone,
  type SampleStudent,
  type Simulators,
  writeFakeCameraFilm,
} from '@gradshot/testkit';
import { type Browser, chromium } from '@playwright/test';
import sharp from 'sharp';
import { browserLaunch, fakeCamera } from '../../../scripts/test/browser-launch.ts';
import { portraitPicture } from './portrait.ts';

/** Seconds that the fake camera shows the code before it turns to the person. */
const CODE_SECONDS = 4;
const PORTRAIT_SECONDS = 12;

/** As high as Full HD, without the walls left and right: half of the work for each frame. */
const UPRIGHT = { width: 900, height: 1080 };

/** A film for the fake camera: the student's phone with the code, then the student. */
export async function filmOf(
  folder: string,
  { gateway }: Simulators,
  student: SampleStudent,
  portrait?: Buffer,
): Promise<string> {
  const file = join(folder, `${student.studentNumber}.y4m`);
  const code = await drawCodeOnPhone(gateway.issueCode(student.studentNumber));
  await writeFakeCameraFilm(
    file,
    [
      { picture: code, seconds: CODE_SECONDS },
      { picture: portrait ?? (await portraitPicture()), seconds: PORTRAIT_SECONDS },
    ],
    UPRIGHT,
  );
  return file;
}

/** A camera with nobody and no code before it. */
export async function emptyFilm(folder: string): Promise<string> {
  const file = join(folder, 'nobody.mjpeg');
  const wall = { width: 1280, height: 720, channels: 3 as const, background: '#d8d6d2' };
  const picture = await sharp({ create: wall }).png().toBuffer();
  await writeFakeCameraFilm(file, [{ picture, seconds: 1 }]);
  return file;
}

/** Real Chromium whose camera plays `film`. */
export function launchKiosk(film: string): Promise<Browser> {
  return chromium.launch(browserLaunch(...fakeCamera(film)));
}
