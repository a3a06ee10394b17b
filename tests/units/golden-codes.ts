import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CodePayload } from '@gradshot/domain';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';

/**
 * QR pictures of what codes hold in the field: each with its bytes, and with what every reader must make
 * of it.
 */
export type GoldenCode = {
  readonly name: string;
  readonly picture: () => Promise<Buffer>;
  readonly bytes: Buffer;
  readonly code: CodePayload;
};

const require = createRequire(import.meta.url);
const toSJISFunc = require('qrcode/helper/to-sjis') as (character: string) => number;

type Segment =
  | { readonly data: Uint8ClampedArray; readonly mode: 'byte' }
  | { readonly data: string; readonly mode: 'numeric' | 'alphanumeric' | 'kanji' };

const byteMode = (bytes: Uint8Array): Segment => ({
  data: new Uint8ClampedArray(bytes),
  mode: 'byte',
});

/** Its types know of no segments in kanji mode. */
const draw = QRCode.toBuffer as (segments: readonly Segment[], options: object) => Promise<Buffer>;
const drawn = (segments: readonly Segment[]) => () =>
  draw(segments, { scale: 6, margin: 4, toSJISFunc });

/** 采集码 in GBK; GB2312 and GB18030 write it the same way. */
const GBK = Buffer.from([0xb2, 0xc9, 0xbc, 0xaf, 0xc2, 0xeb]);
const SEALED_BYTES = Buffer.from(Array.from({ length: 160 }, (_, at) => (at * 73 + 193) & 0xff));
const SEALED_TEXT = SEALED_BYTES.toString('base64url');

function text(name: string, payload: string): GoldenCode {
  const bytes = Buffer.from(payload);
  return { name, bytes, picture: drawn([byteMode(bytes)]), code: { payload } };
}

function raw(name: string, bytes: Buffer): GoldenCode {
  const code = { payloadBase64: bytes.toString('base64') };
  return { name, bytes, picture: drawn([byteMode(bytes)]), code };
}

export const GOLDEN_CODES: readonly GoldenCode[] = [
  text('sealed, as base64url', SEALED_TEXT),
  text('Chinese in UTF-8', '学信网图像采集码：张三，编号00123'),
  text('a character beyond the basic plane', '𠮷野家 🎓'),
  text('with a byte-order mark', '\ufeffwith-a-mark-采集'),
  text('control characters', 'a\u0000b\u001dc\td\r\ne\u007ff'),
  text('blanks at both ends', '  sealed-with-blanks \n'),
  {
    name: 'segments of several modes',
    bytes: Buffer.from('20270012345ABC-$%/x采'),
    code: { payload: '20270012345ABC-$%/x采' },
    picture: drawn([
      { data: '20270012345', mode: 'numeric' },
      { data: 'ABC-$%/', mode: 'alphanumeric' },
      byteMode(Buffer.from('x采')),
    ]),
  },
  raw('Chinese in GBK', GBK),
  raw('a character of GB18030 in four bytes', Buffer.from([0x41, 0x95, 0x32, 0x82, 0x36, 0x42])),
  raw('Latin-1', Buffer.from('café crème', 'latin1')),
  raw('ciphertext', SEALED_BYTES),
  raw('UTF-8 that is cut', Buffer.from('采集码').subarray(0, 8)),
  {
    name: 'kanji mode, which is Shift JIS',
    bytes: Buffer.from([0x93, 0xfa, 0x96, 0x7b]),
    code: { payloadBase64: 'k/qWew==' },
    picture: drawn([{ data: '日本', mode: 'kanji' }]),
  },
  marked('UTF-8 that says so', '采集 café', 26, Buffer.from('采集 café')),
  marked('Chinese that says it is GB18030', '采集码', 32, GBK),
  marked('Latin-1 that says so', 'café crème', 3, Buffer.from('café crème', 'latin1')),
];

/** With the number of its character set (ECI) in front, which `qrcode` cannot write. */
function marked(name: string, written: string, eci: number, bytes: Buffer): GoldenCode {
  const utf8 = Buffer.from(written).equals(bytes);
  const code = utf8 ? { payload: written } : { payloadBase64: bytes.toString('base64') };
  return { name, bytes, code, picture: () => drawnByZxing(written, eci) };
}

let writer: Promise<unknown> | undefined;

async function drawnByZxing(written: string, eci: number): Promise<Buffer> {
  writer ??= loadWriter();
  await writer;
  const { symbol, error } = await writeBarcode(written, {
    format: 'QRCode',
    options: `eci=${eci}`,
    addQuietZones: true,
  });
  if (error) throw new Error(error);
  const { width, height } = symbol;
  return sharp(Buffer.from(symbol.data), { raw: { width, height, channels: 1 } })
    .extend({ top: 4, bottom: 4, left: 4, right: 4, background: '#fff' })
    .resize({ width: (width + 8) * 6, kernel: 'nearest' })
    .png()
    .toBuffer();
}

async function loadWriter(): Promise<void> {
  const wasm = await readFile(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  const wasmBinary = Uint8Array.from(wasm).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
}
