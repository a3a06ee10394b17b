import { type ErrorCode, fail, ok } from '@gradshot/domain';
import { expect, test } from 'vitest';
import type { PictureFacts } from '../../ports/photos/photo-inspector.ts';
import { createCodePictures } from './code-pictures.ts';

const PICTURE: PictureFacts = {
  ...{ type: 'image/png', width: 9, height: 9, channels: 3, progressive: false },
};

/** What is said of a picture, and whether the reader was shown it. */
async function read(fault: ErrorCode | undefined, payload: string | undefined) {
  const seen: Uint8Array[] = [];
  const pictures = createCodePictures({
    inspector: { inspect: async () => (fault ? fail(fault) : ok(PICTURE)) },
    codeReader: {
      read: async (bytes) => {
        seen.push(bytes);
        return payload === undefined ? [] : [{ payload }];
      },
    },
  });
  const bytes = Uint8Array.of(1);
  const said = await pictures.read(bytes);
  expect(seen).toEqual(fault ? [] : [bytes]);
  return said;
}

test('the text of the code in a picture is read; a picture without one is unreadable', async () => {
  expect(await read(undefined, 'text')).toEqual(
    ok({ codes: [{ payload: 'text' }], payload: 'text' }),
  );
  expect(await read(undefined, undefined)).toEqual(fail('code.unreadable'));
});

test.each(['photo.notAnImage', 'photo.heicUnsupported'] as const)(
  'what another file would mend is said, and no reader sees it: %s',
  async (code) => {
    expect(await read(code, 'text')).toEqual(fail(code));
  },
);

test.each(['photo.unreadable', 'photo.tooManyPixels'] as const)(
  'a picture that nobody can look into holds no code, and no reader sees it: %s',
  async (code) => {
    expect(await read(code, 'text')).toEqual(fail('code.unreadable'));
  },
);

test('what is no fault of the picture is told as it is', async () => {
  expect(await read('server.busy', 'text')).toEqual(fail('server.busy'));
});
