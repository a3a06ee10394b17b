/**
 * The file of a picture as far as its markers go: a JPEG for whoever reads no pixels. `text` tells one
 * from another; `bytes` is about how long it gets.
 */
export function pictureFile(
  text: string,
  { width = 6000, height = 4000, bytes = 4000 } = {},
): Uint8Array<ArrayBuffer> {
  const scan = Buffer.alloc(bytes, `${text} `);
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
      segment(
        0xc0,
        Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 17, 0]),
      ),
      segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      scan,
      Buffer.from([0xff, 0xd9]),
    ]),
  );
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}
