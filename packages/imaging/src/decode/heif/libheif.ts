import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MainModule } from 'libheif-js/libheif-wasm/libheif.js';

/**
 * The part of libheif's C interface (heif.h) that reads one picture, on the WebAssembly build.
 * Its memory only ever grows, so an instance is made for a picture and thrown away with its thread.
 */
export type LibHeif = Pick<
  MainModule,
  | 'HEAPU8'
  | '_malloc'
  | '_free'
  | '_heif_context_alloc'
  | '_heif_context_set_maximum_image_size_limit'
  | '_heif_context_read_from_memory'
  | '_heif_context_get_primary_image_handle'
  | '_heif_image_handle_get_width'
  | '_heif_image_handle_get_height'
  | '_heif_image_handle_has_alpha_channel'
  | '_heif_image_handle_get_raw_color_profile_size'
  | '_heif_image_handle_get_raw_color_profile'
  | '_heif_image_handle_get_nclx_color_profile'
  | '_heif_decode_image'
  | '_heif_image_get_width'
  | '_heif_image_get_height'
  | '_heif_image_get_plane_readonly'
>;

/** Of heif.h. */
const COLORSPACE_RGB = 1;
const CHROMA_INTERLEAVED_RGB = 10;
const CHROMA_INTERLEAVED_RGBA = 11;
const CHANNEL_INTERLEAVED = 10;
/** `struct heif_error`: code, sub-code, pointer to a message. */
const ERROR_BYTES = 12;
const POINTER_BYTES = 4;
const DEFAULT_OPTIONS = 0;

export function loadLibHeif(): LibHeif {
  const require = createRequire(import.meta.url);
  const wasmBinary = readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm'));
  const factory = require('libheif-js/libheif-wasm/libheif.js') as (options: object) => LibHeif;
  // what it has to say to a console is of no use to anybody
  const silent = () => {};
  return factory({ wasmBinary, print: silent, printErr: silent });
}

/** Thrown where the library returns an error. */
export class HeifError extends Error {
  /** `heif_error_code`. */
  readonly code: number;
  readonly subCode: number;

  constructor(code: number, subCode: number) {
    super(`libheif error ${code}.${subCode}`);
    this.code = code;
    this.subCode = subCode;
  }
}

/** Colour as ITU-T H.273 numbers it. */
export type CodedColour = { readonly primaries: number; readonly transfer: number };

/** The primary picture of a file. Transforms of the container (turn, mirror, crop) are applied. */
export class HeifFile {
  readonly #lib: LibHeif;
  readonly #handle: number;

  /** Throws HeifError. `maxPixels`: larger pictures, and tiles of them, are refused undecoded. */
  constructor(lib: LibHeif, bytes: Uint8Array, maxPixels: number) {
    this.#lib = lib;
    const context = lib._heif_context_alloc();
    lib._heif_context_set_maximum_image_size_limit(context, Math.ceil(Math.sqrt(maxPixels)));
    const copy = lib._malloc(bytes.length);
    lib.HEAPU8.set(bytes, copy);
    this.#call((error) =>
      lib._heif_context_read_from_memory(error, context, copy, bytes.length, DEFAULT_OPTIONS),
    );
    lib._free(copy);
    this.#handle = this.#callForPointer((error, out) =>
      lib._heif_context_get_primary_image_handle(error, context, out),
    );
  }

  get width(): number {
    return this.#lib._heif_image_handle_get_width(this.#handle);
  }

  get height(): number {
    return this.#lib._heif_image_handle_get_height(this.#handle);
  }

  /** The ICC profile, or undefined. */
  iccProfile(): Uint8Array | undefined {
    const lib = this.#lib;
    const size = lib._heif_image_handle_get_raw_color_profile_size(this.#handle);
    if (size === 0) return undefined;
    const at = lib._malloc(size);
    this.#call((error) => lib._heif_image_handle_get_raw_color_profile(error, this.#handle, at));
    return lib.HEAPU8.slice(at, at + size);
  }

  /** What the container says about colour in numbers, or undefined. */
  codedColour(): CodedColour | undefined {
    const lib = this.#lib;
    try {
      const at = this.#callForPointer((error, out) =>
        lib._heif_image_handle_get_nclx_color_profile(error, this.#handle, out),
      );
      // struct heif_color_profile_nclx: version byte, then two enums of four bytes, aligned
      return { primaries: this.#word(at + 4), transfer: this.#word(at + 8) };
    } catch {
      return undefined;
    }
  }

  /** Decodes to 8 bits a sample. Throws HeifError. */
  decode(): HeifPixels {
    const lib = this.#lib;
    const alpha = lib._heif_image_handle_has_alpha_channel(this.#handle) !== 0;
    const chroma = alpha ? CHROMA_INTERLEAVED_RGBA : CHROMA_INTERLEAVED_RGB;
    const image = this.#callForPointer((error, out) =>
      lib._heif_decode_image(error, this.#handle, out, COLORSPACE_RGB, chroma, DEFAULT_OPTIONS),
    );
    const strideAt = lib._malloc(POINTER_BYTES);
    const plane = lib._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, strideAt);
    return {
      width: lib._heif_image_get_width(image, CHANNEL_INTERLEAVED),
      height: lib._heif_image_get_height(image, CHANNEL_INTERLEAVED),
      channels: alpha ? 4 : 3,
      stride: this.#word(strideAt),
      data: lib.HEAPU8.subarray(plane),
    };
  }

  /** Runs a function that returns a `heif_error`, which WebAssembly writes to memory. */
  #call(run: (error: number) => void): void {
    const at = this.#lib._malloc(ERROR_BYTES);
    run(at);
    const [code, subCode] = [this.#word(at), this.#word(at + 4)];
    this.#lib._free(at);
    if (code !== 0) throw new HeifError(code, subCode);
  }

  #callForPointer(run: (error: number, out: number) => void): number {
    const out = this.#lib._malloc(POINTER_BYTES);
    this.#call((error) => run(error, out));
    return this.#word(out);
  }

  /** A little-endian 32-bit number of the library's memory, wherever that lies by now. */
  #word(at: number): number {
    const heap = this.#lib.HEAPU8;
    return new DataView(heap.buffer, heap.byteOffset).getInt32(at, true);
  }
}

/** Decoded rows of `stride` bytes each; a view of the library's memory. */
export type HeifPixels = {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly stride: number;
  readonly data: Uint8Array;
};
