import type { Detector } from "../../../detector.ts";
import { isPlaceholder, looksRandom } from "./randomness.ts";
import { token } from "./vendor-token.ts";

// Keys of language models, of what serves them, and of what watches them.
export const aiProviders: readonly Detector[] = [
  token({ id: "anthropic-api-key", form: "sk-ant-{base64url:16-250}" }),
  token({ id: "openrouter-api-key", form: "sk-or-v1-{hex:64}" }),
  token({ id: "helicone-api-key", form: "sk-helicone-(|eu-|cp-){lower:7}-{lower:7}-{lower:7}-{lower:7}" }),
  token({ id: "langfuse-secret-key", form: "(sk|pk)-lf-{uuid}" }),
  // Of users, projects, service accounts and administrators, and of the many that copy them.
  token({
    id: "openai-api-key",
    form: "sk-{base64url:20-250}",
    confidence: 0.9,
    accepts: (match) => (OPENAI.test(match) || looksRandom(match)) && !isPlaceholder(match),
    samples: {
      ignores: [
        { text: "sk-learn-style-transformers-and-pipelines", why: "words joined by hyphens" },
        { text: "task-management-and-scheduling-system", why: "a piece of a longer word" },
        { text: "sk-service-7d9f8b6c5d-x2v4q", why: "a name with the suffix of a cluster" },
      ],
    },
  }),
  token({ id: "openai-session-key", form: "sess-{base62:40}" }),
  token({ id: "groq-api-key", form: "gsk_{base62:48-60}" }),
  token({ id: "xai-api-key", form: "xai-{base62:60-100}" }),
  token({ id: "perplexity-api-key", form: "pplx-{base62:40-64}" }),
  token({ id: "replicate-api-token", form: "r8_{base62:36-40}" }),
  token({ id: "huggingface-token", form: "(hf_|api_org_){base62:30-40}" }),
  token({ id: "gemini-api-key", form: "AQ.Ab{base64url:40-80}" }),
  token({ id: "langsmith-api-key", form: ["lsv2_(pt|sk)_{hex:32}_{hex:10}", "ls__{hex:32}"] }),
  token({ id: "tavily-api-key", form: "tvly-(dev-|prod-|){base64url:20-60}", random: true }),
  token({ id: "pinecone-api-key", form: "pcsk_{base62:4-10}_{base62:40-90}" }),
  token({ id: "fireworks-api-key", form: "fw_{base62:22-32}", random: true }),
  token({ id: "cerebras-api-key", form: "csk-{base62:40-60}" }),
  token({ id: "nvidia-api-key", form: "nvapi-{base64url:50-90}" }),
  token({ id: "elevenlabs-api-key", form: "sk_{hex:48}" }),
  token({
    id: "bedrock-api-key",
    form: ["ABSK{base64:100-270}(==|=|)", "bedrock-api-key-{base64:40-4000}(==|=|)"],
  }),
  token({ id: "voyage-api-key", form: "pa-{base64url:43}", random: true }),
  token({ id: "jina-api-key", form: "jina_{base64url:50-70}" }),
  token({ id: "together-api-key", form: "tgp_v1_{base64url:40-50}" }),
  token({ id: "anyscale-api-key", form: ["esecret_{base62:26-40}", "aph0_{base64url:30-48}"], random: true }),
  token({ id: "runpod-api-key", form: "rpa_{base62:30-50}" }),
  token({ id: "llama-cloud-api-key", form: "llx-{base62:40-60}" }),
  token({ id: "llama-api-key", form: "LLM|{digit:10-20}|{base64url:20-40}" }),
  token({ id: "friendli-token", form: "flp_{base62:40-60}" }),
  token({ id: "firecrawl-api-key", form: "fc-{hex:32}" }),
  token({ id: "browserbase-api-key", form: "bb_(live|test)_{base64url:20-60}" }),
  token({ id: "e2b-api-key", form: "e2b_{hex:40}" }),
  token({ id: "mem0-api-key", form: "m0-{base62:40}" }),
  token({ id: "cursor-api-key", form: ["crsr_{hex:64}", "key_{hex:64}"] }),
  token({ id: "modal-token", form: "(ak|as)-{base62:22}", random: true }),
  token({ id: "qianfan-api-key", form: "bce-v3/ALTAK-{base62:21}/{hex:40}" }),
  token({ id: "wandb-api-key", form: "wandb_v1_{base64url:60-100}" }),
  token({ id: "coze-token", form: "(pat|sat)_{base62:64}" }),
  token({ id: "coderabbit-key", form: "cr-{base62:58}" }),
  token({ id: "context7-key", form: "ctx7sk-{uuid}" }),
  token({ id: "brave-search-key", form: "BSA{base64url:28}", near: ["brave"] }),
  token({
    id: "zhipu-api-key",
    form: ["{hex:32}.{base64url:24}", "{hex:32}.{base62:16}"],
    near: ["ollama", "zhipu", "zhipuai", "bigmodel", "glm api", "glm key", "zai api", "zai key"],
  }),
  token({ id: "baseten-api-key", form: "{base62:8}.{base62:32}", near: ["baseten"] }),
  token({
    id: "named-ai-key",
    form: ["{base62:64}", "{base62:40}", "{base62:32}", "{uuid}"],
    near: [
      ..."cohere co_api_key mistral codestral wandb deepgram deepseek assemblyai ai21 deepinfra clarifai".split(" "),
      ...[
        "exa api",
        "exa key",
        "exa token",
        "together ai",
        "together api",
        "weights & biases",
        "assembly ai",
        "private ai",
        "privateai",
        "hyperbolic",
      ],
    ],
  }),
];

/** What only keys of OpenAI begin with or hold. */
const OPENAI = /^sk-(?:proj|svcacct|admin|service-account|None)-(?=.*[\dA-Z])|T3BlbkFJ/;
