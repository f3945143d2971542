import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { LETTER, simulateModel, TOKENIZING } from "../../packages/haechi/test/support/simulated-model.ts";

const run = promisify(execFile);

/** What the guides quote, by the upstream that stands behind the gateway. */
const EXAMPLES = {
  "openai.ts": "openai-compatible",
  "openai-responses.ts": "openai-compatible",
  "anthropic.ts": "anthropic",
  "google-genai.ts": "gemini",
  "ollama.ts": "ollama",
  "langchain.ts": "openai-compatible",
  "ai-sdk.ts": "openai-compatible",
} as const;

describe("the clients that the guides show", () => {
  for (const [file, type] of Object.entries(EXAMPLES)) {
    it(`${file} prints what it was answered, with its own values, though none of them left`, async (test) => {
      const { throughUrl, leaked } = await simulateModel(test, type, TOKENIZING);
      const env = { ...process.env, HAECHI_URL: throughUrl, ...KEYS };
      const { stdout } = await run(process.execPath, [join(import.meta.dirname, file), `echo ${LETTER}`], { env });
      assert.equal(stdout, `echo ${LETTER}`);
      assert.deepEqual(leaked(), []);
    });
  }
});

/** Keys of providers, as the SDKs read them. */
const KEYS = {
  OPENAI_API_KEY: "provider-key",
  ANTHROPIC_API_KEY: "provider-key",
  GOOGLE_API_KEY: "provider-key",
};
