import { encodeBase64 } from "../../core/audit/base64.ts";
import { checkpointOrigin } from "../../core/audit/checkpoint.ts";
import { parseSignature } from "../../core/audit/signed-note.ts";
import { HaechiError } from "../../core/errors.ts";
import type { CheckpointWitness } from "../../ports/checkpoint-sink.ts";

export interface HttpWitnessOptions {
  /** `add-checkpoint` is added to it. */
  readonly url: URL;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const REPLY_BYTES_MAX = 64 * 1024;
/** https://c2sp.org/tlog-witness: the content type of a 409 that names a size. */
const SIZE_TYPE = "text/x.tlog.size";

/** A witness that is asked over HTTP (https://c2sp.org/tlog-witness). Each segment is a log of its own to it. */
export function createHttpWitness({ url, timeoutMs = TIMEOUT_MS }: HttpWitnessOptions): CheckpointWitness {
  const endpoint = new URL(`${url.href.replace(/\/$/, "")}/add-checkpoint`);
  /** The size that the witness has seen, by origin. */
  const seen = new Map<string, number>();

  async function ask(oldSize: number, proof: readonly Uint8Array[], note: string): Promise<Reply> {
    const lines = [`old ${oldSize}`, ...proof.map(encodeBase64), "", note];
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        body: lines.join("\n"),
        headers: { "content-type": "text/plain; charset=utf-8" },
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const isSize = response.headers.get("content-type")?.split(";")[0]?.trim() === SIZE_TYPE;
      return { status: response.status, isSize, text: await readBounded(response) };
    } catch (cause) {
      throw new HaechiError("AUDIT_UNWRITABLE", "The witness cannot be reached", {
        cause,
        reason: "witness_unreachable",
      });
    }
  }

  return {
    async witness({ checkpoint, note }, proveFrom) {
      const origin = checkpointOrigin(checkpoint);
      const guess = Math.min(seen.get(origin) ?? 0, checkpoint.size);
      let reply = await ask(guess, await proveFrom(guess), note);
      const known = reply.status === 409 && reply.isSize ? sizeIn(reply.text) : null;
      if (known !== null) {
        if (known > checkpoint.size) throw refused("It has seen more of the log than there is now");
        reply = await ask(known, await proveFrom(known), note);
      }
      if (reply.status === 409 || reply.status === 422) {
        throw refused("The log does not go on from the checkpoint that it has seen");
      }
      if (reply.status !== 200) {
        const message = `The witness does not take the checkpoint (status ${reply.status})`;
        throw new HaechiError("AUDIT_UNWRITABLE", message, { reason: "witness_refused" });
      }
      seen.set(origin, checkpoint.size);
      return reply.text.split("\n").filter((line) => parseSignature(line) !== null);
    },
  };
}

interface Reply {
  readonly status: number;
  readonly isSize: boolean;
  readonly text: string;
}

function sizeIn(text: string): number | null {
  return /^(0|[1-9]\d{0,14})\n?$/.test(text) ? Number(text) : null;
}

async function readBounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > REPLY_BYTES_MAX) throw new RangeError("The reply of the witness is too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

function refused(why: string): HaechiError {
  return new HaechiError("LOG_INCONSISTENT", `The witness refuses the checkpoint. ${why}`, {
    reason: "checkpoint_inconsistent",
  });
}
