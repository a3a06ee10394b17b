import { ByteBuffer, Encoding } from 'flatbuffers';

/**
 * One table of a FlatBuffers file, read by field number (the position in the schema). Missing
 * fields give the schema's default. The TFLite schema has hundreds of tables; generated accessors
 * for the dozen in use would be longer than this.
 */
export class FlatTable {
  readonly #buffer: ByteBuffer;
  readonly #position: number;

  private constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer;
    this.#position = position;
  }

  /** The root table of a file. */
  static root(bytes: Uint8Array): FlatTable {
    const buffer = new ByteBuffer(bytes);
    return new FlatTable(buffer, buffer.readInt32(0));
  }

  int8(field: number, fallback = 0): number {
    const offset = this.#offset(field);
    return offset ? this.#buffer.readInt8(offset) : fallback;
  }

  int32(field: number, fallback = 0): number {
    const offset = this.#offset(field);
    return offset ? this.#buffer.readInt32(offset) : fallback;
  }

  text(field: number): string {
    const offset = this.#offset(field);
    if (!offset) return '';
    const text = this.#buffer.__string(offset, Encoding.UTF16_STRING);
    return typeof text === 'string' ? text : '';
  }

  table(field: number): FlatTable | undefined {
    const offset = this.#offset(field);
    return offset ? new FlatTable(this.#buffer, this.#buffer.__indirect(offset)) : undefined;
  }

  tables(field: number): FlatTable[] {
    return this.#elements(field, 4).map(
      (offset) => new FlatTable(this.#buffer, this.#buffer.__indirect(offset)),
    );
  }

  int32s(field: number): number[] {
    return this.#elements(field, 4).map((offset) => this.#buffer.readInt32(offset));
  }

  /** A vector of bytes, copied so that typed arrays over it are aligned. */
  bytes(field: number): Uint8Array {
    const offset = this.#offset(field);
    if (!offset) return new Uint8Array(0);
    const start = this.#buffer.__vector(offset);
    return Uint8Array.from(
      this.#buffer.bytes().subarray(start, start + this.#buffer.__vector_len(offset)),
    );
  }

  #offset(field: number): number {
    // A table's first two virtual-table entries are sizes, so field k sits at byte 4 + 2k.
    const relative = this.#buffer.__offset(this.#position, 4 + 2 * field);
    return relative === 0 ? 0 : this.#position + relative;
  }

  #elements(field: number, size: number): number[] {
    const offset = this.#offset(field);
    if (!offset) return [];
    const start = this.#buffer.__vector(offset);
    const count = this.#buffer.__vector_len(offset);
    return Array.from({ length: count }, (_, index) => start + size * index);
  }
}
