import fs from "node:fs";
import { dirname, join, relative } from "node:path";
import type { SeededNumbers } from "./seeded-numbers.ts";
import { numberAt, stringsOf, type TracedCall } from "./traced-calls.ts";

/**
 * What becomes of changes that no fsync had made durable when the power went: none of them is there, some first ones
 * are and the next is torn, any sectors of any of them are and the others read as zeros, or all are there.
 */
export type Survival = "nothing" | "prefix" | "sectors" | "everything";

export const SURVIVALS: readonly Survival[] = ["nothing", "prefix", "sectors", "everything"];

/**
 * Writes to `target` what a disk may hold of the folder `root` when the power goes at a line of the trace of the only
 * program that changed it. POSIX alone is trusted: bytes of a file are durable by its fsync or O_DSYNC, names by an
 * fsync of their folder (so a file whose folder was never synced may be gone, however durable its bytes), a rename is
 * there or not, and a sector of 512 bytes is written whole.
 * @param before what was in `root`, durably, before the trace began
 */
export function restoreAfterCut(
  { root, before, calls }: { readonly root: string; readonly before: Folder; readonly calls: readonly TracedCall[] },
  { at, survival, random }: { readonly at: number; readonly survival: Survival; readonly random: SeededNumbers },
  target: string,
): void {
  const disk = createDisk(root, copyOf(before));
  // A number of a file is free for another thread before its close has returned.
  const moment = ({ name, begun, ended }: TracedCall) => (name === "close" ? begun : ended);
  const started = calls.filter(({ begun }) => begun < at);
  for (const call of started.toSorted((one, other) => moment(one) - moment(other))) {
    // What was under way when the power went may be there as well, but has made nothing durable.
    disk.perform(call, call.ended < at);
  }
  writeSurvivors(disk.root, { survival, random, written: new Map() }, target);
}

/** A folder as it is now, all of it durable. */
export function readFolder(path: string, files: Map<number, File> = new Map()): Folder {
  const entries = fs.readdirSync(path, { withFileTypes: true }).map((entry): [string, Node] => {
    const child = join(path, entry.name);
    if (entry.isDirectory()) return [entry.name, readFolder(child, files)];
    const { ino } = fs.statSync(child);
    const file = files.get(ino) ?? fileOf(fs.readFileSync(child));
    files.set(ino, file);
    return [entry.name, file];
  });
  return { durable: new Map(entries), live: new Map(entries), pending: [] };
}

interface File {
  durable: Buffer;
  length: number;
  pending: Change[];
}

/** Bytes at a place, or another length. */
interface Change {
  readonly at: number;
  readonly bytes: Buffer | null;
  readonly ended: number;
}

export interface Folder {
  durable: Map<string, Node>;
  live: Map<string, Node>;
  /** Names and what they stand for since; each element is all or nothing. */
  pending: { readonly entries: readonly (readonly [name: string, node: Node | null])[]; readonly ended: number }[];
}

type Node = File | Folder;

function fileOf(bytes: Buffer): File {
  return { durable: bytes, length: bytes.length, pending: [] };
}

function copyOf(folder: Folder, files: Map<File, File> = new Map()): Folder {
  const entries = [...folder.live].map(([name, node]): [string, Node] => {
    if ("live" in node) return [name, copyOf(node, files)];
    const file = files.get(node) ?? fileOf(node.durable);
    files.set(node, file);
    return [name, file];
  });
  return { durable: new Map(entries), live: new Map(entries), pending: [] };
}

interface OpenFile {
  readonly node: Node;
  readonly appends: boolean;
  readonly syncs: boolean;
  position: number;
}

function createDisk(rootPath: string, root: Folder) {
  const open = new Map<number, OpenFile>();
  return { root, perform };

  function perform(call: TracedCall, isDone: boolean): void {
    const { name, args, result } = call;
    const ended = isDone ? call.ended : Number.POSITIVE_INFINITY;
    const file = open.get(numberAt(call, 0));
    switch (name) {
      case "openat":
        openAt(call, ended);
        break;
      case "close":
        open.delete(numberAt(call, 0));
        break;
      case "write":
      case "writev":
      case "pwrite64":
      case "pwritev":
        if (file !== undefined) write(file, call, isDone);
        break;
      case "ftruncate":
        if (file !== undefined) change(fileIn(file), { at: numberAt(call, 1), bytes: null, ended });
        break;
      case "fsync":
      case "fdatasync":
        if (file !== undefined && isDone) sync(file.node, call.begun);
        break;
      case "mkdir":
        setEntries(stringsOf(call)[0]!, [{ durable: new Map(), live: new Map(), pending: [] }], ended);
        break;
      case "rename":
      case "link": {
        const [from, to] = stringsOf(call).map(String) as [string, string];
        const source = find(from);
        if (source === null) break;
        if (dirname(from) !== dirname(to)) throw new Error(`${name} between folders is not modelled`);
        setEntries(to, name === "rename" ? [source, from] : [source], ended);
        break;
      }
      case "unlink":
        setEntries(stringsOf(call)[0]!, [null], ended);
        break;
      case "sendmsg":
      case "sendto":
        break;
      default:
        // Calls on what lies elsewhere, such as the pipes of the program, are none of ours.
        if (file !== undefined || stringsOf(call).some((path) => find(String(path)) !== null)) {
          throw new Error(`${name}(${args.slice(0, 100)}) = ${result} is not modelled`);
        }
    }
  }

  function openAt(call: TracedCall, ended: number): void {
    const path = stringsOf(call)[0]!;
    const flags = new Set(call.args.split(", ")[2]!.split("|"));
    let node = find(String(path));
    if (node === null && flags.has("O_CREAT")) {
      node = fileOf(Buffer.alloc(0));
      if (!setEntries(path, [node], ended)) node = null;
    } else if (node !== null && !("live" in node) && flags.has("O_TRUNC") && node.length > 0) {
      change(node, { at: 0, bytes: null, ended });
    }
    if (node === null) open.delete(call.result);
    else {
      const syncs = flags.has("O_DSYNC") || flags.has("O_SYNC");
      open.set(call.result, { node, appends: flags.has("O_APPEND"), syncs, position: 0 });
    }
  }

  function write(file: OpenFile, call: TracedCall, isDone: boolean): void {
    const node = fileIn(file);
    const all = Buffer.concat(stringsOf(call));
    // The trace of a call that never returned does not say how much of it was done.
    const bytes = isDone ? all.subarray(0, call.result) : all;
    const isPlaced = call.name.startsWith("p");
    const at = isPlaced ? Number(call.args.split(", ").at(-1)) : file.appends ? node.length : file.position;
    change(node, { at, bytes, ended: isDone ? call.ended : Number.POSITIVE_INFINITY });
    if (!isPlaced) file.position = at + bytes.length;
    if (file.syncs && isDone) sync(node, Number.POSITIVE_INFINITY);
  }

  /** Gives the last name of a path, and with a second element takes the name that this was before, as one step. */
  function setEntries(
    path: Buffer | string,
    [node, formerly]: readonly [Node | null, string?],
    ended: number,
  ): boolean {
    const folder = find(dirname(String(path)));
    if (folder === null || !("live" in folder)) return false;
    const entries: (readonly [string, Node | null])[] = [[nameOf(String(path)), node]];
    if (formerly !== undefined) entries.push([nameOf(formerly), null]);
    for (const [name, now] of entries) setIn(folder.live, name, now);
    folder.pending.push({ entries, ended });
    return true;
  }

  function find(path: string): Node | null {
    const inside = relative(rootPath, path);
    if (inside.startsWith("..")) return null;
    let node: Node | null = root;
    for (const name of inside === "" ? [] : inside.split("/")) {
      node = node !== null && "live" in node ? (node.live.get(name) ?? null) : null;
    }
    return node;
  }
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function fileIn({ node }: OpenFile): File {
  if ("live" in node) throw new Error("a folder is not written");
  return node;
}

function change(file: File, one: Change): void {
  file.pending.push(one);
  file.length = one.bytes === null ? one.at : Math.max(file.length, one.at + one.bytes.length);
}

/** Makes durable what had ended when the sync began. */
function sync(node: Node, begun: number): void {
  if ("live" in node) {
    for (const { entries } of node.pending.filter(({ ended }) => ended < begun)) {
      for (const [name, now] of entries) setIn(node.durable, name, now);
    }
    node.pending = node.pending.filter(({ ended }) => ended >= begun);
    return;
  }
  for (const one of node.pending) if (one.ended < begun) node.durable = changed(node.durable, one);
  node.pending = node.pending.filter(({ ended }) => ended >= begun);
}

function setIn(entries: Map<string, Node>, name: string, node: Node | null): void {
  if (node === null) entries.delete(name);
  else entries.set(name, node);
}

function changed(content: Buffer, { at, bytes }: Pick<Change, "at" | "bytes">): Buffer {
  const length = bytes === null ? at : Math.max(content.length, at + bytes.length);
  const next = Buffer.alloc(length);
  content.copy(next);
  bytes?.copy(next, at);
  return next;
}

interface Fate {
  readonly survival: Survival;
  readonly random: SeededNumbers;
  /** Where a file is already: it may have two names. */
  readonly written: Map<File, string>;
}

function writeSurvivors(folder: Folder, fate: Fate, target: string): void {
  fs.mkdirSync(target, { mode: 0o700 });
  const entries = new Map(folder.durable);
  for (const { entries: changes } of folder.pending.slice(0, survivingNames(folder.pending.length, fate))) {
    for (const [name, node] of changes) setIn(entries, name, node);
  }
  for (const [name, node] of entries) {
    const path = join(target, name);
    if ("live" in node) writeSurvivors(node, fate, path);
    // What processes share in memory is made anew (https://www.sqlite.org/walformat.html#shm).
    else if (!name.endsWith("-shm")) writeSurvivor(node, fate, path);
  }
}

function writeSurvivor(file: File, fate: Fate, path: string): void {
  const other = fate.written.get(file);
  if (other === undefined) fs.writeFileSync(path, survivingBytes(file, fate), { mode: 0o600 });
  else fs.linkSync(other, path);
  fate.written.set(file, path);
}

function survivingNames(count: number, { survival, random }: Fate): number {
  if (survival === "nothing") return 0;
  return survival === "everything" ? count : random.from(0, count);
}

function survivingBytes({ durable, pending }: File, { survival, random }: Fate): Buffer {
  switch (survival) {
    case "nothing":
      return durable;
    case "everything":
      return pending.reduce(changed, durable);
    case "prefix": {
      const count = random.from(0, pending.length);
      const content = pending.slice(0, count).reduce(changed, durable);
      const torn = pending[count];
      if (torn?.bytes == null) return content;
      return changed(content, { at: torn.at, bytes: torn.bytes.subarray(0, random.from(0, torn.bytes.length)) });
    }
    case "sectors":
      return pending.reduce((content, one) => withSomeSectors(content, one, random), durable);
    default:
      return survival satisfies never;
  }
}

const SECTOR_BYTES = 512;

function withSomeSectors(content: Buffer, { at, bytes }: Change, random: SeededNumbers): Buffer {
  if (bytes === null) return random.from(0, 1) === 0 ? content : changed(content, { at, bytes });
  let next = content;
  for (let start = 0; start < bytes.length; ) {
    const end = Math.min(bytes.length, start + SECTOR_BYTES - ((at + start) % SECTOR_BYTES));
    if (random.from(0, 1) === 1) next = changed(next, { at: at + start, bytes: bytes.subarray(start, end) });
    start = end;
  }
  return next;
}
