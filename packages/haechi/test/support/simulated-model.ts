import type { ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { LLMock } from "@copilotkit/aimock";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CANARIES, canariesIn } from "./canaries.ts";
import { type RecordedRequest, recordingUpstream } from "./recording-upstream.ts";
import { startHaechi } from "./start-haechi.ts";

/** An independent simulator of the APIs of all vendors, and a gateway in front of it. */
export interface SimulatedModel {
  /** The simulator itself. */
  readonly directUrl: string;
  /** The same through Haechi. */
  readonly throughUrl: string;
  /** What reached it through Haechi, with all bytes. */
  readonly received: () => readonly string[];
  /** The canaries that reached it. */
  readonly leaked: () => readonly string[];
}

/** A long answer with everything that escaping can get wrong. */
export const STORY =
  'A long answer — with "quotes", a path C:\\temp, 한국어와 emoji 🙂, a version 1.2.3, a date 2026-03-14T09:26:53Z, ' +
  "an order number 1234567890, code `const a = [1, 2];`\n\n- and\n- lists\n";

/** Arguments of the tool that the simulator calls when it is asked for the weather. */
export const WEATHER = { city: 'Seoul "강남"', days: 3 };

/** What is planted in every text of a request: one value of each kind. */
export const PLANTED: string = Object.values(CANARIES).join(" / ");

/** A text of ordinary words and values that are replaced by tokens on the way up and put back on the way down. */
export const LETTER = `Write to ${CANARIES.email} or call ${CANARIES.phone}: "the account" is ${CANARIES.iban}.\nThanks 🙂`;

const INSPECTING: ConfigInput = { streaming: { requestMode: "inspect" }, responseProtection: { enabled: true } };

/** For exchanges in which every value becomes a token and comes back as what it was. */
export const TOKENIZING: ConfigInput = {
  ...INSPECTING,
  policy: { presets: [], defaultAction: "tokenize" },
  tokenVault: { detokenizeResponses: true },
};

/** For exchanges in which nothing is refused and no value may pass. */
export const REDACTING: ConfigInput = {
  ...INSPECTING,
  policy: { presets: [], defaultAction: "redact", actions: { card: "redact" } },
};

/** Starts both; they end with the test. Asked for "tell" it tells `STORY`, for "weather" it calls a tool, for "echo" it says what it was told. */
export async function simulateModel(
  test: Pick<TestContext, "after">,
  type: NonNullable<NonNullable<ConfigInput["target"]>["type"]>,
  config: ConfigInput = INSPECTING,
): Promise<SimulatedModel> {
  const simulator = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent" });
  simulator.onMessage(/^echo/, ({ messages }) => ({ content: textOf(messages.at(-1)?.content) }));
  simulator.onMessage("weather", { toolCalls: [{ name: "weather", arguments: JSON.stringify(WEATHER) }] });
  simulator.onMessage("think", {
    content: STORY,
    reasoning: "First one, then the other.",
    reasoningSignature: SIGNATURE,
  });
  simulator.onMessage("tell", { content: STORY });
  simulator.onEmbedding(/.*/s, { embedding: [0.1, -0.25, 1e-7] });
  await simulator.start();
  test.after(() => simulator.stop());
  const upstream = await recordingUpstream(test, (response, request) => {
    passOn(request, simulator.url, response).catch(() => response.destroy());
  });
  const haechi = await startHaechi(test, upstream.url, { ...config, target: { type } });
  const received = () => upstream.requests.map(({ everything }) => everything);
  return {
    directUrl: simulator.url,
    throughUrl: haechi.url,
    received,
    leaked: () => received().flatMap(canariesIn),
  };
}

async function passOn({ method, target, rawHeaders, body }: RecordedRequest, to: string, response: ServerResponse) {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (!ABOUT_CONNECTION.test(rawHeaders[at]!)) headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  }
  // The simulator knows Gemini's API by the name of its beta only.
  const known = target.replace(/^\/v1(?=\/models\/[^/]+:)/, "/v1beta");
  const answer = await fetch(to + known, { method, headers, body: body.length === 0 ? null : Uint8Array.from(body) });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  for await (const chunk of answer.body ?? []) response.write(chunk);
  response.end();
}

const ABOUT_CONNECTION = /^(?:host|connection|content-length|transfer-encoding|keep-alive)$/i;

/** As a provider signs what its model has thought. */
export const SIGNATURE: string = Buffer.from("signed ".repeat(40)).toString("base64");

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? "").join("") : "";
}

/** A reply without what the simulator makes anew each time: ids, times and what is counted from them. */
export function lasting(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(lasting);
  if (typeof reply !== "object" || reply === null) return reply;
  return Object.fromEntries(
    Object.entries(reply)
      .filter(([name]) => !MADE_ANEW.has(name))
      .map(([name, value]) => [name, lasting(value)]),
  );
}

const MADE_ANEW: ReadonlySet<string> = new Set([
  ..."id created created_at completed_at item_id call_id tool_use_id response_id responseId".split(" "),
  ..."total_duration load_duration eval_duration prompt_eval_duration createTime usage usageMetadata".split(" "),
  ..."input_tokens output_tokens prompt_eval_count eval_count".split(" "),
]);

/** The elements of an asynchronous iteration. */
export async function all<T>(iteration: AsyncIterable<T>): Promise<T[]> {
  const elements: T[] = [];
  for await (const element of iteration) elements.push(element);
  return elements;
}
