import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const post = (url: string, body: object) =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

describe("JSON in a string, as tool arguments are", () => {
  it("is looked into behind its escapes, and stays JSON", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const actions = { card: "redact", kr_rrn: "redact", secret: "redact" } as const;
    const haechi = await startHaechi(test, upstream.url, { policy: { presets: [], actions } });
    const values = ["010-9182-7364", "900101-1234568", `sk-${"aB3xY9".repeat(5)}`, "minji@example.com"];
    const args = { note: values.map((value) => `\n${value}\t`).join("and"), card: 4111111111111111, path: "C:\\temp" };
    await post(haechi.url, { messages: [{ role: "assistant", tool_calls: [{ arguments: JSON.stringify(args) }] }] });
    const sent = JSON.parse(String(upstream.requests[0]!.body)).messages[0].tool_calls[0].arguments;
    const { note, card, path } = JSON.parse(sent);
    assert.deepEqual([card, path], ["[REDACTED:card]", "C:\\temp"]);
    assert.deepEqual(note.match(/\[REDACTED:\w+\]/g), [
      "[REDACTED:phone]",
      "[REDACTED:kr_rrn]",
      "[REDACTED:secret]",
      "[REDACTED:email]",
    ]);
    for (const value of values) assert.ok(!note.includes(value), note);
  });

  it("stays JSON when a token in it is put back", async (test) => {
    const name = 'NAME<a"b\\c>';
    const upstream = await recordingUpstream(test, (response, { body }) => {
      const [marker] = /\[TOKEN:[^\]]+\]/.exec(String(body))!;
      const toolCall = { function: { name: "f", arguments: JSON.stringify({ name: marker }) } };
      answerJson(response, JSON.stringify({ choices: [{ message: { tool_calls: [toolCall] } }] }));
    });
    const haechi = await startHaechi(test, upstream.url, {
      responseProtection: { enabled: true },
      filters: { customRules: [{ id: "name", type: "name", pattern: "NAME<[^>]{1,20}>" }] },
      policy: { actions: { name: "tokenize" } },
      tokenVault: { detokenizeResponses: true },
    });
    const response = await post(haechi.url, { messages: [{ role: "user", content: name }] });
    const reply = JSON.parse(await response.text());
    assert.deepEqual(JSON.parse(reply.choices[0].message.tool_calls[0].function.arguments), { name });
  });
});
