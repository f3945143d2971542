import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import type { ExternalDetector } from "../../ports/external-detector.ts";
import { createHttpSpanDetector } from "./http-span-detector.ts";
import { createPresidioDetector } from "./presidio-detector.ts";

const SECRET = "jane doe of 12 Heron Street";

describe("createHttpSpanDetector", () => {
  it("reads offsets as code points, and a finding without confidence as a sure one", async (t) => {
    const spans = [{ type: "bird", start: 2, end: 7 }];
    const detector = await oneOfOurs(t, { findings: [spans, spans, []] });
    assert.deepEqual(await find(detector, ["🙂 heron", "a heron", ""]), [
      [{ type: "bird", start: 3, end: 8, confidence: 1 }],
      [{ type: "bird", start: 2, end: 7, confidence: 1 }],
      [],
    ]);
  });

  it("refuses an answer that is not one list of whole findings for each text", async (t) => {
    const whole = { type: "bird", start: 0, end: 4, confidence: 1 };
    const answers = [
      null,
      [],
      "findings",
      { findings: {} },
      { findings: [[], []] },
      { findings: [{ 0: whole }] },
      { findings: [null] },
      ...[null, "bird", { ...whole, type: 1 }, { ...whole, start: "0" }, { ...whole, end: null }].map(alone),
      ...[{ ...whole, confidence: "1" }, { ...whole, end: SECRET.length + 1 }, { type: "bird" }].map(alone),
    ];
    for (const answer of answers) await refuses(await oneOfOurs(t, answer));
    assert.deepEqual(await find(await oneOfOurs(t, alone({ ...whole, end: SECRET.length })), [SECRET]), [
      [{ ...whole, end: SECRET.length }],
    ]);
  });

  it("refuses an offset beyond a text of surrogate pairs", async (t) => {
    const reaching = (end: number) => alone({ type: "face", start: 0, end });
    assert.deepEqual(await find(await oneOfOurs(t, reaching(2)), ["🙂🙂"]), [
      [{ type: "face", start: 0, end: 4, confidence: 1 }],
    ]);
    await assert.rejects(find(await oneOfOurs(t, reaching(3)), ["🙂🙂"]), /without type, start, end or confidence/);
  });
});

describe("createPresidioDetector", () => {
  it("gives each text its own part of an entity that reaches over several, and none to its neighbours", async (t) => {
    const detector = await presidio(t, [{ entity_type: "PERSON", start: 2, end: 7, score: 0.9 }]);
    const found = (start: number, end: number) => [{ type: "person_name", start, end, confidence: 0.9 }];
    // The analyzer was asked about "abc", two newlines, "def", two newlines, "ghi".
    assert.deepEqual(await find(detector, ["abc", "def", "ghi"]), [found(2, 3), found(0, 2), []]);
  });

  it("does not give an entity to a text that it only touches", async (t) => {
    const detector = await presidio(t, [{ entity_type: "PERSON", start: 3, end: 5, score: 0.9 }]);
    assert.deepEqual(await find(detector, ["abc", "def"]), [[], []]);
  });

  it("reads entities by the names of the operator before the known ones, and passes over others", async (t) => {
    const entity = { start: 0, end: 3, score: 0.5 };
    const answer = ["PERSON", "EMPLOYEE", "URL", "toString"].map((name) => ({ ...entity, entity_type: name }));
    const detector = await presidio(t, answer, { PERSON: "colleague", EMPLOYEE: "employee_id" });
    assert.deepEqual(await find(detector, ["abc"]), [
      [
        { type: "colleague", start: 0, end: 3, confidence: 0.5 },
        { type: "employee_id", start: 0, end: 3, confidence: 0.5 },
      ],
    ]);
  });

  it("refuses an answer that is not a list of whole entities", async (t) => {
    const whole = { entity_type: "URL", start: 0, end: 4, score: 1 };
    const entities = [null, 7, { ...whole, entity_type: null }, { ...whole, start: "0" }, { ...whole, score: "1" }];
    const beyond = [
      { ...whole, end: undefined },
      { ...whole, end: SECRET.length + 1 },
    ];
    for (const answer of [null, {}, "PERSON", ...[...entities, ...beyond].map((entity) => [entity])]) {
      await refuses(await presidio(t, answer));
    }
    assert.deepEqual(await find(await presidio(t, [whole]), [SECRET]), [[]]);
  });
});

describe("a detection service", () => {
  it("that answers with another status, a redirect or no JSON is refused without a word of what was said", async (t) => {
    await refuses(await oneOfOurs(t, `not JSON: ${SECRET}`, { raw: true }), /something else than JSON/);
    await refuses(await oneOfOurs(t, "", { raw: true }), /something else than JSON/);
    await refuses(await oneOfOurs(t, alone(SECRET), { status: 201 }), /with status 201/);
    await refuses(await oneOfOurs(t, { findings: [[]] }, { status: 500 }), /with status 500/);
    await refuses(await oneOfOurs(t, { findings: [[]] }, { status: 307, location: "/elsewhere" }));
    await refuses(await oneOfOurs(t, "", { raw: true, status: 204 }), /with status 204/);
  });

  it("is read up to four mebibytes, and no further", async (t) => {
    const empty = JSON.stringify({ findings: [[]] });
    const fitting = await oneOfOurs(t, empty.padEnd(4_194_304), { raw: true });
    assert.deepEqual(await find(fitting, [SECRET]), [[]]);
    await refuses(await oneOfOurs(t, empty.padEnd(4_194_305), { raw: true }), /more than can be read/);
  });

  it("is told who asks only when there is a token", async (t) => {
    const service = await startService(t, { findings: [[]] });
    await find(createHttpSpanDetector({ id: "own", url: service.url }), [SECRET]);
    await find(createHttpSpanDetector({ id: "own", url: service.url, token: "t0ken" }), [SECRET]);
    assert.deepEqual(service.authorizations, [undefined, "Bearer t0ken"]);
  });
});

function alone(span: unknown): unknown {
  return { findings: [[span]] };
}

function find(detector: ExternalDetector, texts: readonly string[]): ReturnType<ExternalDetector["detect"]> {
  return detector.detect(texts, { direction: "request", signal: AbortSignal.timeout(5_000) });
}

/** One text is asked about; the failure is of the expected kind and quotes neither question nor answer. */
async function refuses(detector: ExternalDetector, expected = /./): Promise<void> {
  await assert.rejects(find(detector, [SECRET]), (error: Error) => {
    assert.match(error.message, expected);
    assert.doesNotMatch(String(error.stack), /jane|heron street/i);
    return true;
  });
}

async function oneOfOurs(t: TestContext, answer: unknown, how: Answering = {}): Promise<ExternalDetector> {
  return createHttpSpanDetector({ id: "own", url: (await startService(t, answer, how)).url });
}

async function presidio(
  t: TestContext,
  answer: unknown,
  entities: Readonly<Record<string, string>> = {},
): Promise<ExternalDetector> {
  const { url } = await startService(t, answer);
  return createPresidioDetector({ id: "ner", url, language: "en", minConfidence: 0.5, entities });
}

interface Answering {
  readonly status?: number;
  readonly location?: string;
  /** The answer is the body itself. */
  readonly raw?: boolean;
}

async function startService(
  t: TestContext,
  answer: unknown,
  { status = 200, location, raw = false }: Answering = {},
): Promise<{ readonly url: string; readonly authorizations: readonly (string | undefined)[] }> {
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    // Where a redirect leads there is a good answer: it must not be asked for.
    const isFirst = request.url === "/";
    authorizations.push(request.headers.authorization);
    response.writeHead(isFirst ? status : 200, location === undefined ? {} : { location });
    response.end(raw ? String(answer) : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, authorizations };
}
