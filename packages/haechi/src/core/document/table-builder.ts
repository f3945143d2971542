import { ARRAY_CONTAINER, type ContainerTable, type LeafTable, OBJECT_CONTAINER } from "./json-document.ts";

// Scratch larger than this is given back after use, so that one large body does
// not hold its memory for the life of the process.
const ROWS_KEPT_MAX = 1 << 16;
const ROWS_AT_FIRST = 1 << 10;

/** Scratch columns of leaf rows, used again for the next document. Whoever writes rows counts them and asks for room. */
export class LeafRows {
  kind = new Uint8Array(ROWS_AT_FIRST);
  start = new Int32Array(ROWS_AT_FIRST);
  end = new Int32Array(ROWS_AT_FIRST);
  flags = new Uint8Array(ROWS_AT_FIRST);
  container = new Int32Array(ROWS_AT_FIRST);
  slot = new Int32Array(ROWS_AT_FIRST);

  /** Replaces the columns by longer ones with the same rows. */
  grow(): void {
    this.#resize(this.kind.length * 2);
  }

  /** A table of exactly the first rows, which later ones do not touch. */
  build(count: number): LeafTable {
    const table = new TableMemory(count, 4);
    return {
      count,
      start: table.wide(this.start),
      end: table.wide(this.end),
      container: table.wide(this.container),
      slot: table.wide(this.slot),
      kind: table.narrow(this.kind),
      flags: table.narrow(this.flags),
    };
  }

  /** Gives back what only a large document needed. */
  shrink(): void {
    if (this.kind.length > ROWS_KEPT_MAX) this.#resize(ROWS_AT_FIRST);
  }

  #resize(rows: number): void {
    this.kind = resized(this.kind, new Uint8Array(rows));
    this.start = resized(this.start, new Int32Array(rows));
    this.end = resized(this.end, new Int32Array(rows));
    this.flags = resized(this.flags, new Uint8Array(rows));
    this.container = resized(this.container, new Int32Array(rows));
    this.slot = resized(this.slot, new Int32Array(rows));
  }
}

/** Scratch columns of container rows, in the same way. */
export class ContainerRows {
  kind = new Uint8Array(ROWS_AT_FIRST);
  parent = new Int32Array(ROWS_AT_FIRST);
  slot = new Int32Array(ROWS_AT_FIRST);

  /** Replaces the columns by longer ones with the same rows. */
  grow(): void {
    this.#resize(this.kind.length * 2);
  }

  /** A table of exactly the first rows, which later ones do not touch. */
  build(count: number): ContainerTable {
    if (count === 1) return this.kind[0] === OBJECT_CONTAINER ? ONE_OBJECT : ONE_ARRAY;
    const table = new TableMemory(count, 2);
    return {
      count,
      parent: table.wide(this.parent),
      slot: table.wide(this.slot),
      kind: table.narrow(this.kind),
    };
  }

  /** Gives back what only a large document needed. */
  shrink(): void {
    if (this.kind.length > ROWS_KEPT_MAX) this.#resize(ROWS_AT_FIRST);
  }

  #resize(rows: number): void {
    this.kind = resized(this.kind, new Uint8Array(rows));
    this.parent = resized(this.parent, new Int32Array(rows));
    this.slot = resized(this.slot, new Int32Array(rows));
  }
}

// Most documents in strings are one object, and so have this one table.
const ONE_OBJECT = rootAlone(OBJECT_CONTAINER);
const ONE_ARRAY = rootAlone(ARRAY_CONTAINER);

function rootAlone(kind: number): ContainerTable {
  return { count: 1, kind: Uint8Array.of(kind), parent: Int32Array.of(-1), slot: Int32Array.of(-1) };
}

// V8 keeps arrays of up to 64 bytes in its own heap, where they cost next to nothing. A
// longer one is memory of its own, so the columns of a longer table share one piece of it.
const OWN_MEMORY_ROWS_MAX = 16;
const WIDE_BYTES = Int32Array.BYTES_PER_ELEMENT;
const NARROW_COLUMNS_MAX = 2;

/** Copies columns, those of words before those of bytes. */
class TableMemory {
  readonly #count: number;
  readonly #shared: ArrayBuffer | null;
  #used = 0;

  constructor(count: number, wideColumns: number) {
    this.#count = count;
    this.#shared =
      count <= OWN_MEMORY_ROWS_MAX ? null : new ArrayBuffer(count * (wideColumns * WIDE_BYTES + NARROW_COLUMNS_MAX));
  }

  wide(rows: Int32Array): Int32Array {
    const count = this.#count;
    if (this.#shared === null) {
      const few = new Int32Array(count);
      for (let row = 0; row < count; row++) few[row] = rows[row]!;
      return few;
    }
    const column = new Int32Array(this.#shared, this.#used, count);
    column.set(rows.subarray(0, count));
    this.#used += count * WIDE_BYTES;
    return column;
  }

  narrow(rows: Uint8Array): Uint8Array {
    const count = this.#count;
    if (this.#shared === null) {
      const few = new Uint8Array(count);
      for (let row = 0; row < count; row++) few[row] = rows[row]!;
      return few;
    }
    const column = new Uint8Array(this.#shared, this.#used, count);
    column.set(rows.subarray(0, count));
    this.#used += count;
    return column;
  }
}

function resized<Column extends Uint8Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from.length <= to.length ? from : from.subarray(0, to.length));
  return to;
}
