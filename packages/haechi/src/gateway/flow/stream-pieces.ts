import type { PlaceRules } from "../../core/document/field-rules.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { memberValues } from "../../core/document/member.ts";
import { memberDocument, textDocument } from "../../core/document/text-document.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import { repeatsName, steeringNames } from "../../core/stream/repeated-names.ts";
import { type RootMember, readRootMembers } from "../../core/stream/root-members.ts";
import { findEnds, findStreamLeaves, type ReadFrame } from "../../core/stream/stream-leaves.ts";
import type { Haechi } from "../../engine/create-haechi.ts";
import type { ProtectedStream } from "../../engine/protect-stream.ts";
import type { GrowingLeaf, StreamPiece } from "../../engine/stream-piece.ts";
import type { FrameLine, StreamFrame } from "../../protocols/framing/frame.ts";
import type { FieldContent, StreamFormat } from "../../protocols/protocol.ts";
import { type Cast, createMoulds, type Padding } from "./stream-mould.ts";
import { createUnnamedLeaves } from "./unnamed-leaves.ts";

const encoder = new TextEncoder();

/** Reads the frames of one stream as pieces to protect, and keeps in mind what has left. */
export interface PieceReader {
  read(frame: StreamFrame): StreamPiece;
  /** The frame that left last; null while none has. */
  readonly lastLeft: StreamFrame | null;
  /** What counts the frames in the one that left last and counts; null when none does. */
  readonly lastCount: number | null;
  /** True when the frame that left last says that every text of the stream has ended. */
  readonly hasEnded: boolean;
}

export interface PieceReaderOptions {
  readonly format: StreamFormat;
  /** What stands in a frame beside ordinary text. */
  readonly fields: PlaceRules<FieldContent> | undefined;
  readonly haechi: Haechi;
  readonly stream: ProtectedStream;
  /** Called for each frame of a type that the format does not know. */
  readonly onUnknownEvent: () => void;
}

export function createPieceReader({ format, fields, haechi, stream, onUnknownEvent }: PieceReaderOptions): PieceReader {
  const controls = format.controls.map((control) => encoder.encode(control));
  const isKnownEvent = knownEvents(format);
  const steering = steeringNames(format.channels);
  const unnamed = createUnnamedLeaves(fields);
  const moulds = createMoulds();
  const screen = createLineScreen(stream);
  /** By the member it stands under: what was clean there last. The members are those of the moulds. */
  const cleanPadding = new Map<string, string>();
  let lastLeft: StreamFrame | null = null;
  let lastCount: number | null = null;
  let hasEnded = false;

  const isControl = (data: Uint8Array) =>
    controls.some((control) => control.length === data.length && control.every((byte, at) => data[at] === byte));

  const named = (frame: ReadFrame): GrowingLeaf[] =>
    findStreamLeaves(frame, format.channels).map(({ leaf, channel, groups, pattern }) => ({
      leaf,
      text: leafText(frame.document, leaf),
      channel,
      groups,
      content: format.channels[pattern]!.content,
      before: null,
    }));

  const requireOneReading = (document: JsonDocument, growing: readonly GrowingLeaf[]): void => {
    const leaves = growing.map(({ leaf }) => leaf);
    if (!repeatsName(document, leaves, steering)) return;
    const message = "A frame of the stream says the place of its text twice";
    throw new HaechiError("UPSTREAM_UNINSPECTABLE", message, { reason: "repeated_stream_member" });
  };

  /** A frame from a mould that is known, with nothing in it that was not there before. */
  const readCast = (
    data: Uint8Array,
  ): (Pick<StreamPiece, "document" | "mould" | "growing"> & Pick<Cast, "count">) | null => {
    const found = moulds.cast(data);
    if (found === null) return null;
    const { mould, cast } = found;
    if (!cast.padding.every(isClean)) return null;
    const { leaf, channel, groups, content } = mould.growing;
    const growing = [{ leaf, text: cast.text, channel, groups, content, before: null }];
    return { document: once(() => readData(data, haechi)), mould, growing, count: cast.count };
  };

  // That nothing was found there before is no reason to believe that there never is. A marker may have to be restored.
  const isClean = ({ key, text }: Padding): boolean => {
    if (cleanPadding.get(key) === text) return true;
    if (text.includes("[") || stream.finds(memberDocument(key, text))) return false;
    cleanPadding.set(key, text);
    return true;
  };

  return {
    get lastLeft() {
      return lastLeft;
    },
    get lastCount() {
      return lastCount;
    },
    get hasEnded() {
      return hasEnded;
    },
    read(frame) {
      const { data } = frame;
      const dropped = screen(frame);
      let count: number | null = null;
      let endsAll = frame.isClosing;
      const render = (bytes: Uint8Array | null) => {
        lastLeft = frame;
        lastCount = count ?? lastCount;
        // A comment may follow the end.
        hasEnded = endsAll || (hasEnded && data === null);
        return frame.rewritten(bytes, dropped);
      };
      const ending = () => (endsAll ? "all" : []);
      if (data === null) return { document: null, mould: null, growing: [], ends: ending(), render };
      if (isControl(data)) {
        endsAll = true;
        return { document: null, mould: null, growing: [], ends: ending(), render };
      }
      const cast = frame.isClosing ? null : readCast(data);
      if (cast !== null) {
        ({ count } = cast);
        return { document: cast.document, mould: cast.mould, growing: cast.growing, ends: [], render };
      }
      const document = readData(data, haechi);
      if (document.format === "text") {
        return { document: () => document, mould: null, growing: [wholeText(document)], ends: ending(), render };
      }
      const root = readRootMembers(document);
      const read: ReadFrame = { document, root };
      const counter = format.counter === undefined ? undefined : root.get(format.counter);
      count = counter === undefined ? null : Number(counter.text);
      const isKnown = isKnownEvent(root.get("type")?.text);
      if (!isKnown) onUnknownEvent();
      const growing = named(read);
      requireOneReading(document, growing);
      const other = unnamed.read(read, growing, !isKnown);
      const ends = frame.isClosing || saysError(document) ? "all" : findEnds(read, format.ends);
      endsAll = ends === "all";
      const isPlain = ends.length === 0 && other.growing.length + other.ended.length === 0;
      const loose = { count: leafOf(counter), padding: other.padding };
      return {
        document: () => document,
        mould: isPlain ? moulds.learn(document, growing, loose) : null,
        growing: [...growing, ...other.growing].sort((a, b) => a.leaf - b.leaf),
        ends: ends === "all" ? ends : [...ends, ...other.ended],
        render,
      };
    },
  };
}

/** Data that is not JSON is one growing text: a value may be split over frames. */
function wholeText(document: JsonDocument): GrowingLeaf {
  const text = leafText(document, 0);
  return { leaf: 0, text, channel: "data", groups: ["data"], content: "text", before: null };
}

function leafOf(counter: RootMember | undefined): number {
  return counter?.leaf ?? -1;
}

/** Tells the types of frames that a format knows; a frame without a type is known by its members. */
function knownEvents({ channels, ends, otherEvents }: StreamFormat): (type: string | undefined) => boolean {
  if (otherEvents === undefined) return () => true;
  const known = new Set(otherEvents);
  for (const { events } of channels) for (const event of events ?? []) known.add(event);
  for (const end of ends) if ("event" in end) known.add(end.event);
  return (type) => type === undefined || known.has(type);
}

/** What comes after an error is not waited for: most servers send nothing more, and close or do not. */
function saysError(document: JsonDocument): boolean {
  return memberValues(document, "error").some(({ kind }) => kind === "string" || kind === "container");
}

/**
 * Says which lines beside the data hold something that the policy does not let pass. They carry nothing
 * that a client needs. It remembers what was clean: the name of an event is the same in every frame.
 */
function createLineScreen(stream: ProtectedStream): (frame: StreamFrame) => ReadonlySet<FrameLine> {
  const clean = new Set<string>();
  const mustDrop = (line: Uint8Array): boolean => {
    if (line.length > CLEAN_LINE_BYTES_MAX) return stream.mustDrop(line);
    const known = latin1.decode(line);
    if (clean.has(known)) return false;
    if (stream.mustDrop(line)) return true;
    if (clean.size >= CLEAN_LINES_MAX) clean.clear();
    clean.add(known);
    return false;
  };
  return ({ raw, beside }) => {
    if (beside.length === 0) return NOTHING_DROPPED;
    let dropped: Set<FrameLine> | null = null;
    for (const line of beside) {
      if (!mustDrop(raw.subarray(line.start, line.valueEnd))) continue;
      dropped ??= new Set();
      dropped.add(line);
    }
    return dropped ?? NOTHING_DROPPED;
  };
}

const NOTHING_DROPPED: ReadonlySet<FrameLine> = new Set();
const CLEAN_LINES_MAX = 64;
const CLEAN_LINE_BYTES_MAX = 256;
const latin1 = new TextDecoder("latin1");

function readData(data: Uint8Array, haechi: Haechi): JsonDocument {
  try {
    return haechi.read(data);
  } catch (error) {
    if (isHaechiError(error, "DOCUMENT_NOT_JSON")) return textDocument(data);
    throw error;
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
