import type { Config } from "../config/schema.ts";
import { type Adapter, adapterOf } from "../config/sections/target.ts";

/** The variable by which the usual clients of a wire format are pointed at another server, and the path they expect. */
const CLIENT_VARIABLES: Readonly<
  Record<Exclude<Adapter, "mcp">, { readonly variable: string; readonly path: string }>
> = {
  "openai-compatible": { variable: "OPENAI_BASE_URL", path: "/v1" },
  "azure-openai": { variable: "AZURE_OPENAI_ENDPOINT", path: "" },
  "vllm-openai": { variable: "OPENAI_BASE_URL", path: "/v1" },
  "llama-cpp": { variable: "OPENAI_BASE_URL", path: "/v1" },
  ollama: { variable: "OLLAMA_HOST", path: "" },
  anthropic: { variable: "ANTHROPIC_BASE_URL", path: "" },
  gemini: { variable: "GOOGLE_GEMINI_BASE_URL", path: "" },
};

/** What to type in the shell of a client so that it talks to the gateway. */
export function clientHint({ target }: Pick<Config, "target">, url: string): string {
  const adapter = adapterOf(target);
  // Clients of MCP have a list of servers, which are named by their addresses.
  if (adapter === "mcp") return `${url}/mcp`;
  const { variable, path } = CLIENT_VARIABLES[adapter];
  return `export ${variable}=${url}${path}`;
}

/** Where the gateway of a configuration is to be found. */
export function gatewayUrl({ proxy }: Pick<Config, "proxy">): string {
  const host = proxy.host.includes(":") && !proxy.host.startsWith("[") ? `[${proxy.host}]` : proxy.host;
  return `${proxy.tls === null ? "http" : "https"}://${host}:${proxy.port}`;
}
