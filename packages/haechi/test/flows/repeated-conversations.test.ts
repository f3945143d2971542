import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const WORDS = "The quiet garden followed the ordinary report. ".repeat(20);

/** As agents have them: with a value in a message, and one in the arguments of a tool call. */
function turns(count: number) {
  return Array.from({ length: count }, (_, turn) => [
    { role: "user", content: turn % 5 === 0 ? `${WORDS} write to ${CANARIES.email}` : `${turn} ${WORDS}` },
    {
      role: "assistant",
      tool_calls: [
        {
          id: `call_${turn}`,
          type: "function",
          function: { name: "send", arguments: JSON.stringify({ to: turn % 7 === 0 ? CANARIES.email : "nobody" }) },
        },
      ],
    },
  ]).flat();
}

describe("a conversation that comes again with each of its turns", () => {
  it("is protected and recorded each time as it was the first time", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url, auditEntries } = await startHaechi(test, upstream.url);
    const sent: string[] = [];
    const send = async (messages: readonly object[]) => {
      const body = JSON.stringify({ model: "m", messages });
      sent.push(body);
      const headers = { "content-type": "application/json" };
      const { status } = await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body });
      assert.equal(status, 200);
      const arrived = upstream.requests.at(-1)!.body.toString();
      assert.equal(arrived, body.replaceAll(CANARIES.email, "[REDACTED:email]"));
      assert.deepEqual(canariesIn(arrived), []);
    };
    for (const count of [30, 30, 31, 40]) await send(turns(count));
    // What was known at the end of one may stand anywhere in the next.
    await send(turns(40).toReversed());
    await send(turns(40).slice(3));
    assert.deepEqual(
      (await auditEntries()).map(({ summary }) => summary.byType),
      sent.map((body) => ({ email: body.split(CANARIES.email).length - 1 })),
    );
  });
});
