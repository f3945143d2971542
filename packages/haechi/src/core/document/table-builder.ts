import type { ContainerTable, LeafTable } from "./json-document.ts";

// Scratch larger than this is given back after use, so that one large body does
// not hold its memory for the life of the process.
const ROWS_KEPT_MAX = 1 << 16;
const ROWS_AT_FIRST = 1 << 10;

/** Collects leaf rows in scratch arrays that grow by doubling and are used again for the next document. */
export class LeafTableBuilder {
  count = 0;
  #kind = new Uint8Array(ROWS_AT_FIRST);
  #start = new Int32Array(ROWS_AT_FIRST);
  #end = new Int32Array(ROWS_AT_FIRST);
  #flags = new Uint8Array(ROWS_AT_FIRST);
  #container = new Int32Array(ROWS_AT_FIRST);
  #slot = new Int32Array(ROWS_AT_FIRST);

  add(kind: number, start: number, end: number, flags: number, container: number, slot: number): void {
    const row = this.count;
    if (row === this.#kind.length) this.#resize(row * 2);
    this.#kind[row] = kind;
    this.#start[row] = start;
    this.#end[row] = end;
    this.#flags[row] = flags;
    this.#container[row] = container;
    this.#slot[row] = slot;
    this.count = row + 1;
  }

  /** Copies of exactly the rows added since `clear`. */
  build(): LeafTable {
    const count = this.count;
    return {
      count,
      kind: this.#kind.slice(0, count),
      start: this.#start.slice(0, count),
      end: this.#end.slice(0, count),
      flags: this.#flags.slice(0, count),
      container: this.#container.slice(0, count),
      slot: this.#slot.slice(0, count),
    };
  }

  clear(): void {
    this.count = 0;
    if (this.#kind.length > ROWS_KEPT_MAX) this.#resize(ROWS_AT_FIRST);
  }

  #resize(rows: number): void {
    this.#kind = resized(this.#kind, new Uint8Array(rows));
    this.#start = resized(this.#start, new Int32Array(rows));
    this.#end = resized(this.#end, new Int32Array(rows));
    this.#flags = resized(this.#flags, new Uint8Array(rows));
    this.#container = resized(this.#container, new Int32Array(rows));
    this.#slot = resized(this.#slot, new Int32Array(rows));
  }
}

/** Collects container rows, in the same way. */
export class ContainerTableBuilder {
  count = 0;
  #kind = new Uint8Array(ROWS_AT_FIRST);
  #parent = new Int32Array(ROWS_AT_FIRST);
  #slot = new Int32Array(ROWS_AT_FIRST);

  add(kind: number, parent: number, slot: number): void {
    const row = this.count;
    if (row === this.#kind.length) this.#resize(row * 2);
    this.#kind[row] = kind;
    this.#parent[row] = parent;
    this.#slot[row] = slot;
    this.count = row + 1;
  }

  kindOf(row: number): number {
    return this.#kind[row]!;
  }

  parentOf(row: number): number {
    return this.#parent[row]!;
  }

  slotOf(row: number): number {
    return this.#slot[row]!;
  }

  /** Copies of exactly the rows added since `clear`. */
  build(): ContainerTable {
    const count = this.count;
    return {
      count,
      kind: this.#kind.slice(0, count),
      parent: this.#parent.slice(0, count),
      slot: this.#slot.slice(0, count),
    };
  }

  clear(): void {
    this.count = 0;
    if (this.#kind.length > ROWS_KEPT_MAX) this.#resize(ROWS_AT_FIRST);
  }

  #resize(rows: number): void {
    this.#kind = resized(this.#kind, new Uint8Array(rows));
    this.#parent = resized(this.#parent, new Int32Array(rows));
    this.#slot = resized(this.#slot, new Int32Array(rows));
  }
}

function resized<Column extends Uint8Array | Int32Array>(from: Column, to: Column): Column {
  to.set(from.length <= to.length ? from : from.subarray(0, to.length));
  return to;
}
