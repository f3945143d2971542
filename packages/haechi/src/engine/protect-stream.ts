import { addSummaries, EMPTY_SUMMARY } from "../core/audit/add-summaries.ts";
import type { AuditSummary } from "../core/audit/event.ts";
import { enforces } from "../core/decide/mode.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { privatePath } from "../core/document/private-path.ts";
import { textDocument } from "../core/document/text-document.ts";
import { HaechiError } from "../core/errors.ts";
import { findIn, type Inspection, judge, judgeText, NOTHING_FOUND } from "../core/inspect.ts";
import { restoreEdits } from "../core/restore/restore.ts";
import { type DecidedPiece, type GrowingText, openGrowingText } from "../core/stream/growing-text.ts";
import { applyEdits } from "../core/transform/apply-edits.ts";
import type { Edit } from "../core/transform/edit.ts";
import {
  type Equipment,
  type ProtectionContext,
  recordRestored,
  replacementRequest,
  summaryOf,
  textAndPath,
} from "./protect-document.ts";
import { isPure, type ReplacementRequest, replace, replacePurely } from "./replace.ts";

/** One unit of a stream, such as an event, as far as protection is concerned. */
export interface StreamPiece {
  /** Null for a control, which is passed on as it is. Read only when it is asked for. */
  readonly document: (() => JsonDocument) | null;
  /** Pieces with the same mould, when they have one, differ in their growing text and in nothing else. */
  readonly mould: object | null;
  /** The leaves that continue a growing text. */
  readonly growing: readonly GrowingLeaf[];
  /** Groups whose texts end with this piece; `all` for the end of everything. */
  readonly ends: readonly string[] | "all";
  /** The piece with other document bytes; null for the piece as it came. */
  readonly render: (bytes: Uint8Array | null) => Uint8Array;
}

export interface GrowingLeaf {
  readonly leaf: number;
  /** What it adds. */
  readonly text: string;
  readonly channel: string;
  readonly group: string;
  readonly content: "text" | "json";
}

export interface StreamContext extends ProtectionContext {
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

/** Growing texts of one stream. An upstream that opens more is not answering a request. */
const CHANNELS_MAX = 256;

/** Opens the protection of one response stream. */
export function openProtectedStream(context: StreamContext, equipment: Equipment): ProtectedStream {
  const { rules, vault, crypto } = equipment;
  const enforced = enforces(context.mode);
  const channels = new Map<string, Channel>();
  const queue: QueuedPiece[] = [];
  let summary = EMPTY_SUMMARY;
  let blocked = false;
  let restoredCount = 0;
  /** The last mould in which nothing was found beside the growing text. */
  let cleanMould: object | null = null;

  function note(inspection: Inspection): void {
    if (inspection !== NOTHING_FOUND) summary = addSummaries(summary, summaryOf(inspection));
  }

  function channelOf({ leaf, channel, group, content }: GrowingLeaf, document: () => JsonDocument): Channel {
    const open = channels.get(channel);
    if (open !== undefined) return open;
    if (channels.size >= CHANNELS_MAX) {
      throw new HaechiError("UPSTREAM_UNINSPECTABLE", "The stream has too many texts at once", {
        reason: "too_many_stream_texts",
      });
    }
    const path = privatePath(document(), leaf);
    const { direction, heldMax, restores: issued } = context;
    const text = openGrowingText({ compiled: rules.compiled, direction, heldMax, issued, content });
    const opened = { text, path, group, idlePieces: 0 };
    channels.set(channel, opened);
    return opened;
  }

  /** Takes the growing texts of a piece in, and what of any text is decided by it. */
  function receive({ document, growing, ends }: StreamPiece): { slots: Slot[]; decided: Decided[] } {
    const decided: Decided[] = [];
    const decide = (channel: Channel, pieces: readonly DecidedPiece[]) => {
      for (const piece of pieces) decided.push({ channel, piece });
    };
    const slots: Slot[] = [];
    for (const channel of channels.values()) channel.idlePieces += 1;
    for (const leaf of growing) {
      // A piece without a document has no growing texts.
      const channel = channelOf(leaf, document!);
      const start = channel.text.length;
      decide(channel, channel.text.receive(leaf.text));
      channel.idlePieces = 0;
      slots.push({ leaf: leaf.leaf, text: channel.text, start, end: channel.text.length });
    }
    for (const channel of channels.values()) {
      const ended = ends === "all" || ends.includes(channel.group) || channel.idlePieces > IDLE_PIECES_MAX;
      if (ended && channel.text.decided < channel.text.length) decide(channel, channel.text.flush());
    }
    return { slots, decided };
  }

  /** Judges the decided stretches in order, up to what is to be blocked. */
  function judgeDecided(decided: readonly Decided[]): Settlement[] {
    const settlements: Settlement[] = [];
    for (const { channel, piece } of decided) {
      const inspection = judgeText(piece.findings, piece.text, channel.path, rules.precision, context.policy);
      note(inspection);
      if (enforced && inspection.blocked) {
        blocked = true;
        settlements.push(beforeBlock(channel, piece, inspection));
        break;
      }
      const changes = enforced ? inspection.changes : [];
      settlements.push({ channel, piece, changes });
      if (piece.restored !== null) restoredCount += 1;
    }
    return settlements;
  }

  /** Judges everything in a piece but its growing texts. */
  function judgeRest({ document: read, mould, growing }: StreamPiece): Rest {
    if (read === null || (mould !== null && mould === cleanMould)) return NOTHING_ELSE;
    const document = read();
    if (document.format === "text") return NOTHING_ELSE;
    const elsewhere = new Set(growing.map(({ leaf }) => leaf));
    const found = findIn(document, rules, { ...context, skipLeaf: (leaf) => elsewhere.has(leaf) });
    const inspection = judge(found, document, rules.precision, context.policy);
    note(inspection);
    if (enforced && inspection.blocked) blocked = true;
    const restored =
      context.restores.size === 0
        ? []
        : restoreEdits(document, context.restores).filter(({ leaf }) => !elsewhere.has(leaf));
    restoredCount += restored.length;
    if (inspection === NOTHING_FOUND && restored.length === 0) cleanMould = mould;
    return { changes: enforced && !blocked ? inspection.changes : [], restored };
  }

  function release(): Uint8Array[] {
    const ready: Uint8Array[] = [];
    while (queue.length > 0 && queue[0]!.slots.every(({ text, end }) => text.decided >= end)) {
      const { piece, slots, edits } = queue.shift()!;
      const taken = slots.map((slot) => takeSlot(piece, slot)).filter((edit) => edit !== null);
      const all = [...edits, ...taken];
      // Where there is an edit, there is a document.
      ready.push(piece.render(all.length === 0 ? null : applyEdits(piece.document!(), all)));
    }
    return ready;
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
      requests.push(replacementRequest(change, ...textAndPath(piece!.document!(), change)));
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
      if (piece !== null && !blocked) queue.push({ piece, slots, edits: [...edits, ...rest.restored] });
      return release();
    };
    if (isPure(requests)) return finish(replacePurely(requests).texts);
    return replace(requests, vault, crypto).then(({ texts }) => finish(texts));
  }

  return {
    push(piece) {
      if (blocked) return [];
      const { slots, decided } = receive(piece);
      const settlements = judgeDecided(decided);
      const rest = blocked ? NOTHING_ELSE : judgeRest(piece);
      return advance(piece, slots, settlements, rest);
    },
    end() {
      if (blocked) return [];
      const decided: Decided[] = [];
      for (const channel of channels.values()) {
        for (const piece of channel.text.flush()) decided.push({ channel, piece });
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
    get blocked() {
      return blocked;
    },
    recordRestored: () => recordRestored(restoredCount, context, equipment),
    summary: () => summary,
  };
}

interface Channel {
  readonly text: GrowingText;
  /** Private path of the leaf it began in. */
  readonly path: string;
  readonly group: string;
  /** Pieces since it last got text. */
  idlePieces: number;
}

/** The part of a growing text that stands in one leaf of a piece. */
interface Slot {
  readonly leaf: number;
  readonly text: GrowingText;
  readonly start: number;
  readonly end: number;
}

interface QueuedPiece {
  readonly piece: StreamPiece;
  readonly slots: readonly Slot[];
  readonly edits: readonly Edit[];
}

interface Decided {
  readonly channel: Channel;
  readonly piece: DecidedPiece;
}

interface Settlement extends Decided {
  readonly changes: Inspection["changes"];
}

/** As much of a piece as stands before the first change that is, or covers, what is to be blocked. */
function beforeBlock(channel: Channel, piece: DecidedPiece, { changes }: Inspection): Settlement {
  const first = changes.findIndex(({ winner }) => winner.action === "block");
  const end = changes[first]?.start ?? 0;
  return {
    channel,
    piece: { ...piece, text: piece.text.slice(0, end) },
    changes: changes.slice(0, Math.max(0, first)),
  };
}

/** What happens in a piece outside its growing texts. */
interface Rest {
  readonly changes: Inspection["changes"];
  readonly restored: readonly Edit[];
}

const NOTHING_ELSE: Rest = { changes: [], restored: [] };

function takeSlot(piece: StreamPiece, { leaf, text, start, end }: Slot): Edit | null {
  const taken = text.take(start, end);
  if (!taken.changed) return null;
  const document = piece.document!();
  return { leaf, start: document.leaves.start[leaf]!, end: document.leaves.end[leaf]!, replacement: taken.text };
}
