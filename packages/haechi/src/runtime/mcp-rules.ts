import { configuredUpstreams } from "../config/upstreams.ts";
import type { McpRules, MessageRules } from "../gateway/mcp/mcp-rules.ts";
import type { McpSessions } from "../gateway/mcp/sessions.ts";
import type { Logger } from "../ports/logger.ts";
import type { Runtime } from "./create-runtime.ts";
import { pinsByAddress } from "./pins-by-address.ts";

/** What a configuration says of every message, however it comes. */
export function messageRules(
  { config, policy, haechi, vault, audit, clock, random }: Runtime,
  logger: Logger,
): MessageRules {
  const { allowedMethods, protectParams, protectResults, requireJsonRpc } = config.mcp;
  return {
    haechi,
    vault,
    audit,
    clock,
    random,
    logger,
    mode: policy.requestMode,
    allowedMethods: new Set(allowedMethods),
    protectsParams: protectParams,
    protectsResults: protectResults,
    requiresVersion: requireJsonRpc,
    restoresTokens: config.tokenVault.detokenizeResponses && protectResults,
    restoresIntoUrls: config.responseProtection.restoreIntoUrls,
  };
}

/**
 * What holds for messages that come over HTTP.
 * @throws HaechiError CONFIG_INVALID
 */
export function mcpRules(runtime: Runtime, logger: Logger, sessions: McpSessions): McpRules {
  return {
    guard: messageRules(runtime, logger),
    pinsAt: pinsByAddress(runtime.config, logger),
    sessions,
    messageBytesMax: runtime.config.mcp.maxMessageBytes,
    serverUrls: configuredUpstreams(runtime.config).map(({ baseUrl }) => baseUrl),
  };
}
