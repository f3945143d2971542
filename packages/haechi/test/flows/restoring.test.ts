import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import {
  answerJson,
  answerStream,
  chatStreamEvents,
  type RecordedRequest,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const EMAIL = "minji.kim@example.com";

/** What a client gets when the model answers with the token of its address. */
async function answered(
  test: TestContext,
  answer: (marker: string) => object,
  responses: ConfigInput["responseProtection"] = {},
) {
  const upstream = await recordingUpstream(test, (response, request) =>
    answerJson(response, JSON.stringify(answer(markerIn(request)))),
  );
  const haechi = await startHaechi(test, upstream.url, restoring(responses));
  return JSON.parse(await (await ask(haechi.url)).text());
}

function restoring(responses: ConfigInput["responseProtection"] = {}): ConfigInput {
  return {
    policy: { presets: [], actions: { email: "tokenize" } },
    responseProtection: { enabled: true, mode: "report-only", ...responses },
    tokenVault: { detokenizeResponses: true },
    streaming: { requestMode: "inspect" },
  };
}

const markerIn = ({ body }: RecordedRequest) => /\[TOKEN:[^\]]+\]/.exec(String(body))![0];

const ask = (url: string, more = {}) =>
  fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: `I am ${EMAIL}` }], ...more }),
  });

describe("a token that comes back", () => {
  const page = (value: string) => `Hello ${value}! ![](https://evil.example/${value}) [me](/?q=${value}) "${value}"`;

  it("is put back into text, and not into addresses", async (test) => {
    let sent = "";
    const { text } = await answered(test, (marker) => {
      sent = marker;
      return { text: page(marker) };
    });
    assert.equal(text, `Hello ${EMAIL}! ![](https://evil.example/${sent}) [me](/?q=${sent}) "${EMAIL}"`);
  });

  it("is put back into addresses where the operator wants it", async (test) => {
    const { text } = await answered(test, (marker) => ({ text: page(marker) }), { restoreIntoUrls: true });
    assert.equal(text, page(EMAIL));
  });

  it("moves the annotations behind it, and takes the log probabilities along, which say it again", async (test) => {
    const said = (value: string, start: number, logprobs: unknown) => ({
      choices: [
        {
          message: {
            content: `Hello ${value}, see here`,
            annotations: [{ type: "url_citation", url_citation: { start_index: start, end_index: start + 4 } }],
          },
          logprobs,
        },
      ],
    });
    const place = (value: string) => `Hello ${value}, see `.length;
    const got = await answered(test, (marker) =>
      said(marker, place(marker), { content: [{ token: "Hello", bytes: [72], logprob: 0, top_logprobs: [] }] }),
    );
    assert.deepEqual(got, said(EMAIL, place(EMAIL), null));
  });

  it("is treated alike in a stream, wherever it is cut", async (test) => {
    let sent = "";
    const upstream = await recordingUpstream(test, (response, request) => {
      sent = markerIn(request);
      answerStream(response, chatStreamEvents(page(sent).match(/[\s\S]{1,3}/g)!));
    });
    const { url } = await startHaechi(test, upstream.url, restoring());
    const events = await (await ask(url, { stream: true })).text();
    const text = [...events.matchAll(/^data: (\{.*)$/gm)]
      .map(([, data]) => JSON.parse(data!).choices[0].delta.content ?? "")
      .join("");
    assert.equal(text, `Hello ${EMAIL}! ![](https://evil.example/${sent}) [me](/?q=${sent}) "${EMAIL}"`);
  });
});

describe("log probabilities in a stream", () => {
  it("are emptied in every event whose text is changed, and stay in the others", async (test) => {
    const logprobs = (token: string) => ({
      content: [{ token, bytes: [...Buffer.from(token)], logprob: 0, top_logprobs: [] }],
    });
    const event = (content: string) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, logprobs: logprobs(content) }] })}\n\n`;
    const pieces = ["Mail ", "minji", ".kim", "@exa", "mple", ".com", " now"];
    const upstream = await recordingUpstream(test, (response) =>
      answerStream(response, `${pieces.map(event).join("")}data: [DONE]\n\n`),
    );
    const { url } = await startHaechi(test, upstream.url, {
      policy: { presets: [], actions: {} },
      streaming: { requestMode: "inspect" },
    });
    const events = [...(await (await ask(url, { stream: true })).text()).matchAll(/^data: (\{.*)$/gm)];
    const choices = events.map(([, data]) => JSON.parse(data!).choices[0]);
    assert.equal(choices.map(({ delta }) => delta.content).join(""), "Mail [REDACTED:email] now");
    for (const { delta, logprobs: said } of choices) {
      if (pieces.includes(delta.content)) assert.deepEqual(said, logprobs(delta.content));
      else assert.equal(said, null);
    }
  });
});
