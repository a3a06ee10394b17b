import { fail, ok, type Result } from '@gradshot/domain';
import type { CodeReader } from '../../ports/eligibility/code-reader.ts';
import type { PhotoInspector } from '../../ports/photos/photo-inspector.ts';

type Needs = {
  readonly codeReader: CodeReader;
  readonly inspector: PhotoInspector;
};

export type CodePictures = {
  /** Text of the QR code in a picture, which is not kept. */
  read(bytes: Uint8Array): Promise<Result<{ payload: string }>>;
};

export function createCodePictures({ inspector, codeReader }: Needs): CodePictures {
  return {
    async read(bytes) {
      const picture = await inspector.inspect(bytes);
      if (!picture.ok)
        return picture.error.code.startsWith('photo.') ? asPicture(picture) : picture;
      const payload = await codeReader.read(bytes);
      return payload ? ok({ payload }) : fail('code.unreadable');
    },
  };
}

/** A picture that is damaged or huge holds no readable code; what is no picture at all is told. */
function asPicture(refused: Result<never>): Result<never> {
  if (refused.ok) return refused;
  const told = ['photo.notAnImage', 'photo.heicUnsupported'].includes(refused.error.code);
  return told ? refused : fail('code.unreadable');
}
