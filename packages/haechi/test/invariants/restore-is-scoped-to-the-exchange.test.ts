import assert from "node:assert/strict";
import { describe, it } from "node:test";
import OpenAI from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CANARIES } from "../support/canaries.ts";
import {
  answerJson,
  answerStream,
  chatCompletion,
  chatStreamEvents,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const restoring: ConfigInput = {
  streaming: { requestMode: "inspect" },
  responseProtection: { enabled: true },
  policy: { presets: [], actions: { email: "tokenize", card: "redact" } },
  tokenVault: { detokenizeResponses: true },
};

const TOKEN = /\[TOKEN:tok_email_[0-9a-f]+\]/;

describe("vault tokens", () => {
  it("come back as their values in the response of the request that issued them", async (test) => {
    const upstream = await recordingUpstream(test, (response, { body }) =>
      answerJson(response, chatCompletion(`I will write to ${TOKEN.exec(body.toString())?.[0]} "today"`)),
    );
    const { url } = await startHaechi(test, upstream.url, restoring);
    const answer = await ask(url, `Mail ${CANARIES.email}`);
    assert.equal(answer, `I will write to ${CANARIES.email} "today"`);
    assert.ok(!upstream.requests[0]!.everything.includes(CANARIES.email));
  });

  it("come back in a stream, whole, in order and before its end, when the marker is cut anywhere", async (test) => {
    const upstream = await recordingUpstream(test, (response, { body }) => {
      const marker = TOKEN.exec(body.toString())![0];
      answerStream(response, chatStreamEvents([..."Write to ", ...marker, ..." soon"]));
    });
    const { url } = await startHaechi(test, upstream.url, restoring);
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: "k", maxRetries: 0 });
    const stream = await client.chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: `Mail ${CANARIES.email}` }],
      stream: true,
    });
    let text = "";
    let finish: string | null = null;
    for await (const { choices } of stream) {
      assert.equal(finish, null, "no text comes after the finish reason");
      text += choices[0]?.delta.content ?? "";
      finish = choices[0]?.finish_reason ?? null;
    }
    assert.equal(text, `Write to ${CANARIES.email} soon`);
    assert.equal(finish, "stop");
  });

  it("of another exchange stay tokens", async (test) => {
    let foreign = "";
    const upstream = await recordingUpstream(test, (response, { body }) => {
      foreign ||= TOKEN.exec(body.toString())![0];
      answerJson(response, chatCompletion(`It was ${foreign}`));
    });
    const { url } = await startHaechi(test, upstream.url, restoring);
    await ask(url, `Mail ${CANARIES.email}`);
    assert.equal(await ask(url, "Which address was it?"), `It was ${foreign}`);
    assert.equal(await ask(url, "Mail somebody.else@example.com"), `It was ${foreign}`);
  });

  it("of earlier turns are accepted in resent history and neither blocked nor tokenized again", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, {
      ...restoring,
      policy: { ...restoring.policy, defaultAction: "block" },
    });
    await ask(haechi.url, `Mail ${CANARIES.email}`);
    const marker = TOKEN.exec(upstream.requests[0]!.body.toString())![0];
    assert.equal(await ask(haechi.url, `Earlier you saw ${marker}, or token: ${marker}`), "ok");
    assert.ok(upstream.requests[1]!.body.toString().includes(`${marker}, or token: ${marker}`));
  });
});

async function ask(url: string, content: string): Promise<string | null> {
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: "k", maxRetries: 0 });
  const answer = await client.chat.completions.create({ model: "m", messages: [{ role: "user", content }] });
  return answer.choices[0]!.message.content;
}
