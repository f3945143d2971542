import { addSummaries, EMPTY_SUMMARY } from "../core/audit/add-summaries.ts";
import type { AuditSummary } from "../core/audit/event.ts";
import { enforces } from "../core/decide/mode.ts";
import type { PlaceRules } from "../core/document/field-rules.ts";
import { type JsonDocument, KEY_LEAF } from "../core/document/json-document.ts";
import { leafText } from "../core/document/leaf.ts";
import type { NestedDocument } from "../core/document/nested-document.ts";
import { privatePath } from "../core/document/private-path.ts";
import { textDocument } from "../core/document/text-document.ts";
import { HaechiError } from "../core/errors.ts";
import { findIn, type Inspection, judge, judgeText, NOTHING_FOUND } from "../core/inspect.ts";
import { restoreEdits } from "../core/restore/restore.ts";
import { type DecidedPiece, openGrowingText } from "../core/stream/growing-text.ts";
import type { Edit } from "../core/transform/edit.ts";
import type { FieldContent } from "./find/field-contents.ts";
import { withMedia } from "./inspect-part.ts";
import {
  type Equipment,
  type ProtectionContext,
  recordRestored,
  replacementRequest,
  summaryOf,
  textAndPath,
} from "./protect-document.ts";
import type { ReplacementRequest } from "./replace.ts";
import { createReplacer } from "./replace-once.ts";
import { StreamChannel } from "./stream-channel.ts";
import type { GrowingLeaf, StreamPiece } from "./stream-piece.ts";
import { type Slot, StreamQueue } from "./stream-queue.ts";
import { readStreamRest, type StreamRest } from "./stream-rest.ts";

export interface StreamContext extends ProtectionContext {
  /** What stands in the leaves of a piece beside ordinary text. */
  readonly fields?: PlaceRules<FieldContent> | undefined;
  /** Members that say the texts of a piece again token by token; emptied when one of them is changed. */
  readonly copies?: PlaceRules<"copy"> | undefined;
  /** UTF-16 units of one growing text that may be held back. */
  readonly heldMax: number;
}

/**
 * Protects a stream without changing its order: a piece leaves when every text in
 * it is decided, together with the pieces behind it that wait for nothing else.
 * What was not changed leaves byte for byte.
 */
export interface ProtectedStream {
  /** The pieces that may leave now; a promise only when a replacement needs keys or storage. */
  push(piece: StreamPiece): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /** What is left when the stream has ended. */
  end(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /** True when text beside the documents, such as a comment line, holds what the policy does not let pass. */
  mustDrop(text: Uint8Array): boolean;
  /** True when anything is found in the document, whatever the policy; nothing of it is counted. */
  finds(document: JsonDocument): boolean;
  /** True once a decision was to block: nothing more will leave. */
  readonly blocked: boolean;
  /** Records how many tokens were put back. */
  recordRestored(): Promise<void>;
  /** Everything found so far. */
  summary(): AuditSummary;
}

/**
 * A text that got nothing for this many pieces has very likely ended, although
 * nothing said so (a server may go on to another field without a word). Its tail is
 * decided then, so that it does not hold back the pieces behind it for ever.
 */
const IDLE_PIECES_MAX = 32;

/** The same for a text that no protocol names, which may be no growing text at all. */
const UNNAMED_IDLE_PIECES_MAX = 8;

/** Growing texts of one stream. An upstream that opens more is not answering a request. */
const CHANNELS_MAX = 256;

/** Opens the protection of one response stream. */
export function openProtectedStream(context: StreamContext, equipment: Equipment): ProtectedStream {
  const { rules, signedTexts } = equipment;
  const { direction, heldMax, restores } = context;
  const scope = context.identity?.id ?? "";
  const restoring = { intoUrls: context.restoresIntoUrls ?? false };
  const replaceTexts = createReplacer(equipment.vault, equipment.crypto);
  const enforced = enforces(context.mode);
  const channels = new Map<string, StreamChannel>();
  const queue = new StreamQueue(context.copies);
  let namedCount = 0;
  let summary = EMPTY_SUMMARY;
  let blocked = false;
  let restoredCount = 0;
  /** Moulds in which nothing was found beside the growing text. */
  const cleanMoulds = new WeakSet<object>();

  function note(inspection: Inspection): void {
    if (inspection !== NOTHING_FOUND) summary = addSummaries(summary, summaryOf(inspection));
  }

  function openChannel({ groups, content, before }: Pick<GrowingLeaf, "groups" | "content" | "before">, path: string) {
    const isSigned = content === "signed-text";
    const issued = isSigned ? NOTHING_ISSUED : restores;
    const kind = isSigned ? "text" : content;
    const { restoresIntoUrls } = context;
    const compiled = rules.compiled;
    const text = openGrowingText({ compiled, direction, heldMax, issued, restoresIntoUrls, content: kind });
    const idlePiecesMax = before === null ? IDLE_PIECES_MAX : UNNAMED_IDLE_PIECES_MAX;
    return new StreamChannel(text, { path, groups, isSigned, idlePiecesMax });
  }

  function channelOf(growing: GrowingLeaf, document: () => JsonDocument): StreamChannel {
    const open = channels.get(growing.channel);
    if (open !== undefined) return open;
    if (growing.before === null && ++namedCount > CHANNELS_MAX) {
      throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The stream has too many texts at once", {
        reason: "too_many_stream_texts",
      });
    }
    const opened = openChannel(growing, privatePath(document(), growing.leaf));
    channels.set(growing.channel, opened);
    return opened;
  }

  /** Looks into a piece, but for the texts in it that the protocol says to grow. */
  function readRest({ document: read, mould, growing }: StreamPiece): StreamRest | null {
    if (read === null || (mould !== null && cleanMoulds.has(mould))) return null;
    const document = read();
    if (document.format === "text") return null;
    const named = new Set(growing.filter(({ before }) => before === null).map(({ leaf }) => leaf));
    const options = { ...context, scope, skipLeaf: (leaf: number) => named.has(leaf) };
    return readStreamRest(document, options, rules, signedTexts);
  }

  /** Takes the growing texts of a piece in, and what of any text is decided by it. */
  function receive({ document, growing, ends }: StreamPiece, rest: StreamRest | null) {
    const decided: Decided[] = [];
    const slots: Slot[] = [];
    const decide = (channel: StreamChannel, pieces: readonly DecidedPiece[]) => {
      for (const piece of pieces) decided.push({ channel, piece });
    };
    const take = (channel: StreamChannel, leaf: number, text: string) => {
      if (rest !== null)
        channel.place(
          rest.found.filter((one) => one.leaf === leaf),
          rest.document,
          leaf,
        );
      const start = channel.text.length;
      decide(channel, channel.text.receive(text));
      slots.push({ leaf, text: channel.text, start, end: channel.text.length });
    };
    const begun = new Set<StreamChannel>();
    for (const channel of channels.values()) channel.idlePieces += 1;
    for (const leaf of growing) {
      const isNew = !channels.has(leaf.channel);
      // A piece without a document has no growing texts.
      const channel = channelOf(leaf, document!);
      if (isNew) begun.add(channel);
      if (leaf.before) decide(channel, channel.receiveBefore(leaf.before));
      if (channel.isSigned) channel.signedText += leaf.text;
      channel.idlePieces = 0;
      if (channel.hasEnded && leaf.text !== "") channel.hasGoneOn = true;
      take(channel, leaf.leaf, leaf.text);
    }
    for (const leaf of rest?.restorable ?? []) {
      if (growing.some((one) => one.leaf === leaf)) continue;
      const text = leafText(rest!.document, leaf);
      const content = OPENS_JSON.test(text) ? "json" : "text";
      const channel = openChannel({ groups: [], content, before: null }, privatePath(rest!.document, leaf));
      take(channel, leaf, text);
      decide(channel, channel.text.flush());
    }
    for (const [id, channel] of channels) {
      const ended = ends === "all" || (ends.length > 0 && channel.groups.some((group) => ends.includes(group)));
      // Some servers say in every frame that the text ends with it: nothing tells the first of these from an only one.
      const isBelieved = ended && (ends === "all" || !begun.has(channel)) && !channel.hasGoneOn;
      channel.hasEnded ||= ended;
      if (!isBelieved && channel.idlePieces <= channel.idlePiecesMax) continue;
      if (channel.text.decided < channel.text.length) decide(channel, channel.text.flush());
      if (ended) leave(id, channel);
    }
    return { slots, decided };
  }

  /** A text has ended: a signed one may come back, and one that no protocol names is not waited for. */
  function leave(id: string, channel: StreamChannel): void {
    if (channel.isSigned) signedTexts.note(scope, channel.signedText);
    channel.signedText = "";
    if (channel.idlePiecesMax === UNNAMED_IDLE_PIECES_MAX) channels.delete(id);
  }

  /** Judges the decided stretches in order, up to what is to be blocked. */
  function judgeDecided(decided: readonly Decided[]): Settlement[] {
    const settlements: Settlement[] = [];
    for (const { channel, piece } of decided) {
      const found = channel.findingsIn(piece);
      const inspection = judgeText(found, piece.text, channel.path, rules.precision, context.policy);
      note(inspection);
      if (enforced && inspection.blocked) {
        blocked = true;
        settlements.push(beforeBlock(channel, piece, inspection));
        break;
      }
      const changes = enforced && !channel.isSigned ? inspection.changes : [];
      settlements.push({ channel, piece, changes });
      if (piece.restored !== null) restoredCount += 1;
    }
    return settlements;
  }

  /** Judges everything in a piece but what was taken in as a growing text. */
  function judgeRest(rest: StreamRest | null, slots: readonly Slot[], mould: object | null): Rest {
    if (rest === null) return NOTHING_ELSE;
    const { document, contents } = rest;
    const taken = new Set(slots.map(({ leaf }) => leaf));
    const found = rest.found.filter(({ leaf }) => !taken.has(leaf));
    const judged = judge(found, document, rules.precision, context.policy);
    const inspection = withMedia(judged, { place: "body", document }, contents, equipment.media);
    note(inspection);
    if (enforced && inspection.blocked) blocked = true;
    const changes =
      enforced && !blocked ? inspection.changes.filter(({ winner }) => !contents.fixed.has(winner.leaf)) : [];
    const standing = changes.map(({ winner, start, end }) => ({ leaf: winner.leaf, start, end, replacement: "" }));
    const restored = restoreEdits(document, restores, standing, restoring).filter(
      ({ leaf }) => document.leaves.kind[leaf] === KEY_LEAF,
    );
    restoredCount += restored.length;
    if (!blocked) for (const leaf of contents.signed) signedTexts.note(scope, leafText(document, leaf));
    const isClean = rest.found.length === 0 && inspection === judged && restored.length + contents.signed.length === 0;
    if (mould !== null && isClean) cleanMoulds.add(mould);
    return { changes, restored, nested: contents.nested };
  }

  /** Settles and enqueues once the replacements are there, in the order in which they were asked for. */
  function advance(piece: StreamPiece | null, slots: readonly Slot[], settlements: readonly Settlement[], rest: Rest) {
    const requests: ReplacementRequest[] = [];
    for (const { channel, piece: decided, changes } of settlements) {
      for (const change of changes) {
        requests.push(replacementRequest(change, decided.text.slice(change.start, change.end), () => channel.path));
      }
    }
    for (const change of rest.changes) {
      requests.push(replacementRequest(change, ...textAndPath(piece!.document!(), change, rest.nested)));
    }
    const finish = (texts: readonly string[]): Uint8Array[] => {
      const next = texts.values();
      for (const { channel, piece: decided, changes } of settlements) {
        const replacements = changes.map(({ start, end }) => ({ start, end, text: next.next().value! }));
        channel.text.settle(decided, replacements);
      }
      const edits = rest.changes.map(({ winner, start, end }) => ({
        leaf: winner.leaf,
        start,
        end,
        replacement: next.next().value!,
      }));
      if (piece !== null && !blocked) {
        queue.add({ piece, slots, edits: rest.restored.length === 0 ? edits : [...edits, ...rest.restored] });
      }
      return queue.release();
    };
    const texts = replaceTexts(requests);
    return texts instanceof Promise ? texts.then(finish) : finish(texts);
  }

  return {
    push(piece) {
      if (blocked) return [];
      const read = readRest(piece);
      const { slots, decided } = receive(piece, read);
      const settlements = judgeDecided(decided);
      const rest = blocked ? NOTHING_ELSE : judgeRest(read, slots, piece.mould);
      return advance(piece, slots, settlements, rest);
    },
    end() {
      if (blocked) return [];
      const decided: Decided[] = [];
      for (const [id, channel] of channels) {
        for (const piece of channel.text.flush()) decided.push({ channel, piece });
        leave(id, channel);
      }
      return advance(null, [], judgeDecided(decided), NOTHING_ELSE);
    },
    mustDrop(text) {
      const document = textDocument(text);
      const found = findIn(document, rules, context);
      const inspection = judge(found, document, rules.precision, context.policy);
      note(inspection);
      return enforced && inspection.changes.length > 0;
    },
    finds: (document) => findIn(document, rules, context).length > 0,
    get blocked() {
      return blocked;
    },
    recordRestored: () => recordRestored(restoredCount, context, equipment),
    summary: () => summary,
  };
}

const NOTHING_ISSUED: ReadonlyMap<string, string> = new Map();

const OPENS_JSON = /^\s*[{[]/;

interface Decided {
  readonly channel: StreamChannel;
  readonly piece: DecidedPiece;
}

interface Settlement extends Decided {
  readonly changes: Inspection["changes"];
}

/** As much of a piece as stands before the first change that is, or covers, what is to be blocked. */
function beforeBlock(channel: StreamChannel, piece: DecidedPiece, { changes }: Inspection): Settlement {
  const first = changes.findIndex(({ winner }) => winner.action === "block");
  const end = changes[first]?.start ?? 0;
  return {
    channel,
    piece: { ...piece, text: piece.text.slice(0, end) },
    changes: channel.isSigned ? [] : changes.slice(0, Math.max(0, first)),
  };
}

/** What happens in a piece outside its growing texts. */
interface Rest {
  readonly changes: Inspection["changes"];
  readonly restored: readonly Edit[];
  readonly nested: ReadonlyMap<number, NestedDocument>;
}

const NOTHING_ELSE: Rest = { changes: [], restored: [], nested: new Map() };
