import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { ExternalDetector } from "../../src/ports/external-detector.ts";
import { answerJson, type RecordingUpstream, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

describe("an external detector", () => {
  it("of Presidio's kind has its findings replaced where they stand", async (t) => {
    const questions: unknown[] = [];
    // Answers as the analyzer does: code points, over all texts at once.
    const service = await startService(t, (question) => {
      questions.push(question);
      return entitiesIn((question as { text: string }).text, {
        Amélie: "PERSON",
        Oslo: "LOCATION",
        tomorrow: "DATE_TIME",
      });
    });
    const { send, received } = await haechiWith(t, {
      filters: { externalDetectors: [{ id: "ner", kind: "presidio", url: `${service}/analyze` }] },
    });
    const status = await send({ messages: [{ content: "🙂 Amélie flies" }, { content: 'to "Oslo" tomorrow' }] });
    assert.equal(status, 200);
    assert.deepEqual(received()[0], {
      messages: [{ content: "🙂 [REDACTED:person_name] flies" }, { content: 'to "[REDACTED:address]" tomorrow' }],
    });
    assert.deepEqual(questions, [
      { text: '🙂 Amélie flies\n\nto "Oslo" tomorrow', language: "en", score_threshold: 0.5 },
    ]);
  });

  it("of one's own is asked with a token and answers for each text", async (t) => {
    process.env.HAECHI_TEST_SPAN_TOKEN = "for the span service";
    let authorization: string | undefined;
    const service = await startService(t, (question, header) => {
      authorization = header;
      const { texts } = question as { texts: string[] };
      const findings = texts.map((text) => {
        const start = text.indexOf("Project Heron");
        return start === -1 ? [] : [{ type: "codename", start, end: start + 13, confidence: 0.8 }];
      });
      return { findings };
    });
    const { send, received, haechi } = await haechiWith(t, {
      filters: {
        externalDetectors: [{ id: "codenames", kind: "http", url: service, tokenEnv: "HAECHI_TEST_SPAN_TOKEN" }],
      },
    });
    await send({ prompt: "hello", input: "about Project Heron?" });
    assert.deepEqual(received()[0], { prompt: "hello", input: "about [REDACTED:codename]?" });
    assert.equal(authorization, "Bearer for the span service");
    const [entry] = await haechi.auditEntries();
    assert.ok(entry !== undefined && "detections" in entry);
    assert.equal(entry.detections[0]?.ruleId, "external:codenames");
  });

  it("that does not answer in time stops the request", async (t) => {
    const service = await startService(t, () => null);
    const { send, received, haechi } = await haechiWith(t, {
      filters: { externalDetectors: [{ id: "ner", kind: "http", url: service, timeoutMs: 20 }] },
    });
    assert.equal(await send({ prompt: "hello there" }), 503);
    assert.deepEqual(received(), []);
    const [entry] = await haechi.auditEntries();
    assert.ok(entry !== undefined && "decision" in entry);
    assert.equal(entry.decision, "request_refused");
    assert.equal(entry.reason, "external_detector_timeout");
  });

  it("whose absence is tolerated is recorded as absent", async (t) => {
    const { send, received, haechi } = await haechiWith(t, {
      filters: {
        externalDetectors: [{ id: "ner", kind: "http", url: "http://127.0.0.1:9/", onFailure: "continue" }],
      },
    });
    assert.equal(await send({ prompt: "mail jane@example.com" }), 200);
    assert.deepEqual(received()[0], { prompt: "mail [REDACTED:email]" });
    const decisions = (await haechi.auditEntries()).map((entry) =>
      "decision" in entry ? entry.decision : "protected",
    );
    assert.deepEqual(decisions, ["external_detection_skipped", "protected"]);
  });

  it("that answers with something else than spans of the text stops the request", async (t) => {
    const answers: unknown[] = [{}, { findings: [] }, { findings: [[{ type: "x", start: 0, end: 999 }]] }];
    for (const answer of answers) {
      const service = await startService(t, () => answer);
      const { send, received } = await haechiWith(t, {
        filters: { externalDetectors: [{ id: "ner", kind: "http", url: service }] },
      });
      assert.equal(await send({ prompt: "hello there" }), 503);
      assert.deepEqual(received(), []);
    }
  });

  it("may be handed in by the program", async (t) => {
    const detector: ExternalDetector = {
      id: "shouting",
      detect: async (texts) =>
        texts.map((text) =>
          [...text.matchAll(/[A-Z]{4,}/g)].map(({ index, 0: word }) => ({
            type: "shouted",
            start: index,
            end: index + word.length,
            confidence: 1,
          })),
        ),
    };
    const upstream = await echoingUpstream(t);
    const haechi = await startHaechi(t, upstream.url, {}, { detectors: [detector] });
    await post(haechi.url, { prompt: "this is LOUD" });
    assert.deepEqual(JSON.parse(upstream.requests[0]!.body.toString()), { prompt: "this is [REDACTED:shouted]" });
  });
});

interface Sent {
  readonly haechi: HaechiUnderTest;
  send(body: unknown): Promise<number>;
  received(): unknown[];
}

async function haechiWith(t: TestContext, config: ConfigInput): Promise<Sent> {
  const upstream = await echoingUpstream(t);
  const haechi = await startHaechi(t, upstream.url, config);
  return {
    haechi,
    send: (body) => post(haechi.url, body),
    received: () => upstream.requests.map(({ body }) => JSON.parse(body.toString())),
  };
}

function echoingUpstream(t: TestContext): Promise<RecordingUpstream> {
  return recordingUpstream(t, (response) => answerJson(response, "{}"));
}

async function post(url: string, body: unknown): Promise<number> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  return response.status;
}

/** A service that answers what `answer` says, and not at all when that is null. */
async function startService(
  t: TestContext,
  answer: (question: unknown, authorization: string | undefined) => unknown,
): Promise<string> {
  const { url } = await recordingUpstream(t, (response, { body }, { headers }) => {
    const value = answer(JSON.parse(body.toString()), headers.authorization);
    if (value !== null) answerJson(response, JSON.stringify(value));
  });
  return url;
}

function entitiesIn(text: string, names: Readonly<Record<string, string>>): unknown[] {
  return Object.entries(names).flatMap(([word, name]) => {
    const at = text.indexOf(word);
    if (at === -1) return [];
    const start = Array.from(text.slice(0, at)).length;
    return [{ entity_type: name, start, end: start + Array.from(word).length, score: 0.85 }];
  });
}
