import type { Readable, Writable } from "node:stream";
import { enforces } from "../core/decide/mode.ts";
import { namedPolicy } from "../core/decide/policy-profiles.ts";
import { HaechiError } from "../core/errors.ts";
import type { ErrorOutput } from "../mcp/child-stderr.ts";
import { filterStdio } from "../mcp/filter-stdio.ts";
import type { MessageGuard } from "../mcp/message-guard.ts";
import { createPendingRequests } from "../mcp/pending-requests.ts";
import type { ServerPins } from "../mcp/server-pins.ts";
import { createSessionMemory } from "../mcp/session-memory.ts";
import { wrapServer } from "../mcp/wrap-server.ts";
import type { Logger } from "../ports/logger.ts";
import type { ServerExit, ServerProcess } from "../ports/server-process.ts";
import { createJsonLogger } from "../providers/observability/json-logger.ts";
import { createTextLogger } from "../providers/observability/text-logger.ts";
import type { Runtime } from "./create-runtime.ts";
import { messageRules } from "./mcp-rules.ts";

/** The pipes of the program that Haechi stands in for. */
export interface McpPipes {
  readonly input: Readable;
  /** Carries the protocol, and nothing else. */
  readonly output: Writable;
  readonly errors: ErrorOutput;
}

export interface McpOptions {
  /** The policy profile that holds for the client; null for the base policy. */
  readonly profile?: string | null;
  /** What the server said when somebody looked; null where it does not matter. */
  readonly pins?: ServerPins | null;
}

/**
 * Stands between a client and a server of MCP until the server has ended.
 * @throws HaechiError CONFIG_INVALID, POLICY_INVALID, TOKEN_STORE_UNAVAILABLE
 */
export async function wrapMcpServer(
  runtime: Runtime,
  server: ServerProcess,
  pipes: McpPipes,
  { profile = null, pins = null }: McpOptions = {},
): Promise<ServerExit> {
  const guard = await startGuard(runtime, pipes, { isOneWay: false, profile, pins });
  return await wrapServer(
    {
      client: pipes,
      server,
      lineBytesMax: runtime.config.mcp.maxMessageBytes,
      errors: pipes.errors,
    },
    guard,
  );
}

/**
 * Filters what a client says until it has said everything.
 * @throws HaechiError CONFIG_INVALID, TOKEN_STORE_UNAVAILABLE
 */
export async function filterMcp(runtime: Runtime, pipes: McpPipes): Promise<void> {
  const guard = await startGuard(runtime, pipes, { isOneWay: true, profile: null, pins: null });
  await filterStdio({ ...pipes, lineBytesMax: runtime.config.mcp.maxMessageBytes }, guard);
}

async function startGuard(
  runtime: Runtime,
  { errors }: McpPipes,
  { isOneWay, profile, pins }: Pick<MessageGuard, "isOneWay"> & Required<McpOptions>,
): Promise<MessageGuard> {
  const { config, policy, vault } = runtime;
  if (config.audit.anchor.mode === "stdout") {
    throw new HaechiError(
      "CONFIG_INVALID",
      "audit.anchor.mode: standard output carries MCP here; write anchors to a file",
    );
  }
  // A vault that cannot be opened would fail the first message that needs it.
  await vault.ready();
  const logger = mcpLogger(runtime, errors);
  if (!enforces(policy.requestMode)) logger.warn("non_enforce_mode", { mode: policy.requestMode });
  return {
    ...messageRules(runtime, logger),
    transport: "mcp-stdio",
    policy: namedPolicy(policy.profiles, profile),
    identity: null,
    pins,
    isOneWay,
    pending: { client: createPendingRequests(), server: createPendingRequests() },
    session: createSessionMemory(),
  };
}

/** Everything goes to standard error: standard output carries the protocol. */
function mcpLogger({ config, clock }: Runtime, errors: ErrorOutput): Logger {
  const outputs = { out: errors, err: errors };
  return config.logging.format === "json" ? createJsonLogger(() => clock.now(), outputs) : createTextLogger(outputs);
}
