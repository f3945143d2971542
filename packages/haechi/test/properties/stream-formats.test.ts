import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { StreamFormat } from "../../src/protocols/protocol.ts";
import { streamProtection } from "../support/stream-through.ts";
import { VENDOR_STREAMS } from "../support/vendor-streams.ts";

const SAID = `Mail minji.kim@example.com, card 4111 1111 1111 1111, "key"\nAKIA${"Q7".repeat(8)}, 한국어 end.`;
const SHOWN = 'Mail [REDACTED:email], card [REDACTED:card], "key"\n[REDACTED:api_key], 한국어 end.';
const redacting: ConfigInput = {
  policy: { presets: [], actions: { card: "redact", api_key: "redact", email: "redact", phone: "redact" } },
};

describe("a stream of any format", () => {
  for (const { name, format, write, texts } of VENDOR_STREAMS) {
    it(`says the same wherever its text and its bytes are cut: ${name}`, async (test) => {
      const protection = await streamProtection(test, redacting);
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(SAID.length)), fc.array(fc.nat(6000)), async (textCuts, byteCuts) => {
          const stream = write(cutAt(SAID, textCuts));
          const { text } = await protection.through(format, cutAt(Buffer.from(stream), byteCuts));
          for (const shown of texts(text)) assert.equal(shown, SHOWN);
          assert.equal((await protection.through(format, [stream])).text, text);
        }),
        { numRuns: 60 },
      );
    });

    it(`leaves byte for byte when nothing is found, at every length: ${name}`, async (test) => {
      const protection = await streamProtection(test, redacting);
      for (let length = 1; length <= 120; length += 7) {
        const said = "The quick brown fox — 여우 — jumps over 12 lazy dogs. ".repeat(3).slice(0, length);
        const stream = write(said.match(/.{1,5}/gs)!);
        const { text } = await protection.through(format, cutAt(Buffer.from(stream), [length * 7, length * 9]));
        assert.equal(text, stream);
      }
    });

    it(`does not wait for its end to let text go: ${name}`, async (test) => {
      const protection = await streamProtection(test, redacting);
      const pieces = Array.from({ length: 80 }, (_, at) => ` word${"abcdefghij"[at % 10]}`);
      const { atOnce, text } = await protection.through(format, framesOf(format, write(pieces)));
      const wordsBefore = (upTo: number) => atOnce.slice(0, upTo).join("").split(" word").length - 1;
      for (let at = 10; at < 80; at += 10) assert.ok(wordsBefore(at) >= at - 10, `${wordsBefore(at)} words of ${at}`);
      assert.equal(texts(text)[0], pieces.join(""));
    });
  }
});

/** The stream cut between its frames, nearly. */
function framesOf({ framing }: StreamFormat, stream: string): string[] {
  return stream.split(framing === "sse" ? /(?<=\n\n)/ : framing === "ndjson" ? /(?<=\n)/ : /(?=\n,)/);
}

function cutAt<Whole extends string | Uint8Array>(whole: Whole, cuts: readonly number[]): Whole[] {
  const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
  return places.slice(1).map((end, index) => whole.slice(places[index], end) as Whole);
}
