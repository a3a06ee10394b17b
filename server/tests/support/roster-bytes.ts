import * as XLSX from '@e965/xlsx';
import { makeZip } from './zip.ts';

/** GBK of a text, by asking the decoder for every character. */
export function gbk(text: string): Buffer {
  const decoder = new TextDecoder('gbk');
  const codes = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1)
      codes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Buffer.from(
    [...text].flatMap((sign) => (sign < '\x80' ? [sign.charCodeAt(0)] : (codes.get(sign) ?? [63]))),
  );
}

export const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** What Excel writes for a workbook with a password: a compound file with the encrypted one inside. */
export function xlsxWithPassword(): Buffer {
  const file = XLSX.CFB.utils.cfb_new();
  XLSX.CFB.utils.cfb_add(file, '/EncryptionInfo', Buffer.alloc(64, 4));
  XLSX.CFB.utils.cfb_add(file, '/EncryptedPackage', Buffer.alloc(4096, 7));
  return Buffer.from(XLSX.CFB.write(file, { type: 'buffer' }) as Uint8Array);
}

export const zipOfTexts = (files: Readonly<Record<string, string>>): Buffer =>
  makeZip(Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })));
