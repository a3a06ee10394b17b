import type { RouteOutput } from '@gradshot/contract';
import { candidatesOf, fail, ok, type Result } from '@gradshot/domain';
import type { CodeReader } from '../../ports/eligibility/code-reader.ts';
import type { PhotoInspector } from '../../ports/photos/photo-inspector.ts';

type Needs = {
  readonly codeReader: CodeReader;
  readonly inspector: PhotoInspector;
};

export type CodePictures = {
  /** The QR codes in a picture that are worth looking up. The picture is not kept. */
  read(bytes: Uint8Array): Promise<Result<RouteOutput<'readCodePicture'>>>;
};

export function createCodePictures({ inspector, codeReader }: Needs): CodePictures {
  return {
    async read(bytes) {
      const picture = await inspector.inspect(bytes);
      if (!picture.ok)
        return picture.error.code.startsWith('photo.') ? asPicture(picture) : picture;
      const codes = candidatesOf(await codeReader.read(bytes));
      if (codes.length === 0) return fail('code.unreadable');
      const text = codes.find((code) => 'payload' in code);
      return ok({ codes: [...codes], ...text });
    },
  };
}

/** A picture that is damaged or huge holds no readable code; what is no picture at all is told. */
function asPicture(refused: Result<never>): Result<never> {
  if (refused.ok) return refused;
  const told = ['photo.notAnImage', 'photo.heicUnsupported'].includes(refused.error.code);
  return told ? refused : fail('code.unreadable');
}
