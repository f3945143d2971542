import { join } from "node:path";
import type { TestContext } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { AuditSummary } from "../../src/core/audit/event.ts";
import { fieldsOf } from "../../src/gateway/flow/route-fields.ts";
import { createPieceReader } from "../../src/gateway/flow/stream-pieces.ts";
import { splitterOf } from "../../src/protocols/framing/framings.ts";
import type { StreamFormat } from "../../src/protocols/protocol.ts";
import { initKeyFile } from "../../src/providers/crypto/key-file.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { createRuntime, type Runtime } from "../../src/runtime/create-runtime.ts";
import { tempFolder } from "./temp-folder.ts";

/** What came of a stream, without a network around it. */
export interface StreamedThrough {
  readonly text: string;
  /** By piece that went in: what came out at once. */
  readonly atOnce: readonly string[];
  readonly summary: AuditSummary;
  readonly blocked: boolean;
  readonly unknownEvents: number;
}

/** Protects streams of any format in process; ends with the test. */
export interface StreamProtection {
  readonly runtime: Runtime;
  through(
    format: StreamFormat,
    pieces: readonly (string | Uint8Array)[],
    restores?: ReadonlyMap<string, string>,
  ): Promise<StreamedThrough>;
}

export async function streamProtection(
  test: Pick<TestContext, "after">,
  overrides: ConfigInput = {},
): Promise<StreamProtection> {
  const folder = await tempFolder(test);
  const keyFile = join(folder, "keys.json");
  await initKeyFile(keyFile, { clock: systemClock, random: systemRandom });
  const config = parseConfig({
    mode: "enforce",
    ...overrides,
    target: { upstream: "http://127.0.0.1:1" },
    keys: { keyFile },
    audit: { path: join(folder, "audit.jsonl") },
    tokenVault: { path: join(folder, "vault.sqlite") },
  });
  const runtime = createRuntime(config);
  test.after(() => runtime.close());
  return {
    runtime,
    async through(format, pieces, restores = new Map()) {
      const fields = fieldsOf(format.fields);
      const stream = runtime.haechi.openStream({
        mode: runtime.policy.streamMode,
        policy: runtime.policy.profiles.base,
        direction: "response",
        scanNumbers: true,
        protocol: "test",
        operation: "test",
        identity: null,
        correlationId: null,
        restores,
        heldMax: config.streaming.maxMatchBytes,
        fields,
      });
      let unknownEvents = 0;
      const onUnknownEvent = () => {
        unknownEvents += 1;
      };
      const reader = createPieceReader({ format, fields, haechi: runtime.haechi, stream, onUnknownEvent });
      const splitter = splitterOf(format.framing);
      const atOnce: string[] = [];
      const relay = async (frames: ReturnType<typeof splitter.push>) => {
        const ready: Uint8Array[] = [];
        for (const frame of frames) ready.push(...(await stream.push(reader.read(frame))));
        return Buffer.concat(ready).toString();
      };
      for (const piece of pieces) atOnce.push(await relay(splitter.push(Buffer.from(piece))));
      const last = splitter.end();
      const rest = await relay(last === null ? [] : [last]);
      const end = Buffer.concat([...(await stream.end())]).toString();
      const { blocked } = stream;
      return { text: atOnce.join("") + rest + end, atOnce, summary: stream.summary(), blocked, unknownEvents };
    },
  };
}
