// The whole job in one run: an independent LLM simulator as upstream, Haechi in
// enforce mode before it, and the official OpenAI SDK as the client. Everything is
// on loopback and in a temporary folder; the run checks its own results.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LLMock } from "@copilotkit/aimock";
import OpenAI from "openai";
import { parseConfig } from "../../packages/haechi/src/config/parse.ts";
import { initKeyFile } from "../../packages/haechi/src/providers/crypto/key-file.ts";
import { verifyAuditFile } from "../../packages/haechi/src/providers/storage/audit-reader.ts";
import { systemClock } from "../../packages/haechi/src/providers/system/system-clock.ts";
import { systemRandom } from "../../packages/haechi/src/providers/system/system-random.ts";
import { createRuntime } from "../../packages/haechi/src/runtime/create-runtime.ts";
import { startGateway } from "../../packages/haechi/src/runtime/start-gateway.ts";
import { showAudit, showLine, showScene, showTitle } from "./show.ts";

// Specimens: a test card number, an invented resident number with a valid check
// digit, and a key put together here so that no key stands in the source.
const specimens = {
  email: "minji.kim@example.com",
  phone: "010-1234-5678",
  card: "4111 1111 1111 1111",
  residentNumber: "900101-1234568",
  apiKey: `AKIA${"Q7".repeat(8)}`,
};

const letter = [
  `Write to ${specimens.email} or call ${specimens.phone}.`,
  `Card ${specimens.card}, resident number ${specimens.residentNumber}.`,
  `Deploy with ${specimens.apiKey}.`,
].join(" ");

const folder = await mkdtemp(join(tmpdir(), "haechi-demo-"));
const simulator = new LLMock({ port: 0, host: "127.0.0.1", logLevel: "silent" });
let closeGateway = async () => {};
try {
  // The simulated model repeats what it was told, so that tokens come back as a real model's would.
  simulator.onMessage(/.*/s, (request) => ({ content: `You wrote: ${lastUserText(request.messages)}` }));
  await simulator.start();

  const keyFile = join(folder, "keys.json");
  const auditPath = join(folder, "audit.jsonl");
  await initKeyFile(keyFile, { clock: systemClock, random: systemRandom });
  const runtime = createRuntime(
    parseConfig({
      mode: "enforce",
      target: { upstream: simulator.url },
      proxy: { port: 0 },
      streaming: { requestMode: "inspect" },
      responseProtection: { enabled: true },
      policy: {
        presets: ["llm-redact"],
        actions: {
          email: "tokenize",
          phone: "mask",
          card: "redact",
          kr_rrn: "redact",
          api_key: "redact",
          secret: "block",
        },
      },
      tokenVault: { path: join(folder, "vault.sqlite"), detokenizeResponses: true },
      keys: { keyFile },
      audit: { path: auditPath },
    }),
  );
  const silent = { info() {}, warn() {}, error() {} };
  const gateway = await startGateway(runtime, { logger: silent });
  closeGateway = async () => {
    await gateway.close();
    await runtime.close();
  };

  const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "the-provider-key", maxRetries: 0 });
  const messages = [{ role: "user" as const, content: letter }];

  showTitle("Haechi between an OpenAI client and its model");
  showLine(`simulated model  ${simulator.url}`);
  showLine(`Haechi           ${gateway.url}`);

  const plain = await client.chat.completions.create({ model: "demo-model", messages });
  const plainAnswer = plain.choices[0]?.message.content ?? "";
  showScene("1. A plain chat", letter, upstreamSaw(), plainAnswer);
  checkScene(upstreamSaw(), plainAnswer);

  const stream = await client.chat.completions.create({ model: "demo-model", messages, stream: true });
  let streamedAnswer = "";
  let deltas = 0;
  for await (const chunk of stream) {
    streamedAnswer += chunk.choices[0]?.delta.content ?? "";
    deltas += 1;
  }
  showScene(`2. The same, streamed in ${deltas} pieces`, letter, upstreamSaw(), streamedAnswer);
  checkScene(upstreamSaw(), streamedAnswer);
  assert.equal(streamedAnswer.replace(/tok_\w+/g, ""), plainAnswer.replace(/tok_\w+/g, ""));

  const secret = `my login token: ghp_${"a1B2".repeat(9)}`;
  const seenBefore = simulator.getRequests().length;
  const refusal = await client.chat.completions
    .create({ model: "demo-model", messages: [{ role: "user", content: secret }] })
    .then(() => null)
    .catch((error: unknown) => error);
  assert.ok(refusal instanceof OpenAI.APIError);
  assert.equal(simulator.getRequests().length, seenBefore, "a blocked request must not reach the model");
  showScene("3. A credential, which policy blocks", secret, "(nothing: the request never left)", refusal.message);

  await closeGateway();
  closeGateway = async () => {};
  const auditText = await readFile(auditPath, "utf8");
  for (const value of Object.values(specimens))
    assert.ok(!auditText.includes(value), "the audit log must hold no value");
  const verified = await verifyAuditFile(auditPath);
  assert.ok(verified.valid);
  showAudit(auditText, verified.records);
  showLine("Everything above was checked while it ran. Start your own with: npm start");
} finally {
  await closeGateway();
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
}

/** What the model was sent last. */
function upstreamSaw(): string {
  const body = simulator.getLastRequest()?.body;
  return body !== null && body !== undefined && "messages" in body ? lastUserText(body.messages) : "";
}

function lastUserText(messages: unknown): string {
  if (!Array.isArray(messages)) return "";
  const last = messages.findLast(({ role }) => role === "user");
  return typeof last?.content === "string" ? last.content : "";
}

function checkScene(seen: string, answered: string): void {
  for (const [name, value] of Object.entries(specimens)) {
    assert.ok(!seen.includes(value), `the model must not see the ${name}`);
  }
  assert.ok(answered.includes(specimens.email), "the client gets the tokenized e-mail address back");
  assert.ok(!answered.includes("[TOKEN:"), "no token of this exchange is left in the answer");
}
