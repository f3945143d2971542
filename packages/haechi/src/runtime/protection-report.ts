import { answerProtection } from "../config/answer-protection.ts";
import { effectiveMode } from "../config/effective-mode.ts";
import type { Config } from "../config/schema.ts";
import { adapterOf } from "../config/sections/target.ts";
import { configuredUpstreams } from "../config/upstreams.ts";
import type { ConfigWarning } from "../config/warnings.ts";
import { enforces } from "../core/decide/mode.ts";
import { effectivePolicy } from "./effective-policy.ts";
import { observeState, type StateObservation } from "./observe-state.ts";

/** What is protected under a configuration, and the state of what protection rests on. It holds no secret. */
export interface ProtectionReport extends StateObservation {
  readonly protection: Protection;
  readonly target: {
    readonly type: string;
    readonly adapter: string;
    readonly upstream: string;
    /** Those with a name, where there are any. */
    readonly upstreams?: readonly NamedUpstream[];
  };
  readonly proxy: {
    readonly host: string;
    readonly port: number;
    readonly workers: number | "auto";
    readonly tls: { readonly keyFile: string; readonly certFile: string } | { readonly pfxFile: string } | null;
    readonly trustForwardedProto: boolean;
    readonly auth: string;
  };
  readonly tokenVault: Config["tokenVault"];
  readonly privacyProfile: string | null;
  readonly warnings: readonly string[];
}

/** An upstream as it is configured. */
export interface NamedUpstream {
  readonly name: string;
  readonly baseUrl: string;
  readonly priority: number;
  readonly weight: number;
  /** The gateway sends a key of its own. */
  readonly hasOwnKey: boolean;
}

export interface Protection {
  readonly mode: string;
  readonly enforced: boolean;
  readonly presets: readonly string[];
  readonly defaultAction: string;
  readonly profiles: readonly string[];
  readonly responseProtection: { readonly enabled: boolean; readonly mode: string; readonly failureMode: string };
  readonly streaming: { readonly requestMode: string; readonly responseMode: string };
  readonly protects: readonly string[];
  readonly doesNotProtect: readonly string[];
}

/**
 * Reports on a configuration and on the files it names; changes nothing.
 * @throws HaechiError POLICY_INVALID, POLICY_WEAKENED, CONFIG_INVALID for a policy that no gateway starts under
 */
export async function protectionReport(
  config: Config,
  configWarnings: readonly ConfigWarning[],
  onAuditRead?: (bytes: number) => void,
): Promise<ProtectionReport> {
  effectivePolicy(config);
  const state = await observeState(config, onAuditRead);
  const { target, proxy, tokenVault, privacy, auth } = config;
  return {
    protection: describeProtection(config),
    target: {
      type: target.type,
      adapter: adapterOf(target),
      upstream: target.upstreams?.[0]?.baseUrl ?? target.upstream,
      ...namedUpstreams(config),
    },
    proxy: {
      host: proxy.host,
      port: proxy.port,
      workers: proxy.workers,
      tls: tlsFiles(proxy.tls),
      trustForwardedProto: proxy.trustForwardedProto,
      auth: auth.provider,
    },
    tokenVault,
    privacyProfile: privacy.profile,
    ...state,
    warnings: [...settingWarnings(config, configWarnings), ...stateWarnings(state)],
  };
}

/** What an operator should know about the settings of a configuration. */
export function settingWarnings(config: Config, configWarnings: readonly ConfigWarning[]): readonly string[] {
  const { target, mcp, tokenVault, audit, filters } = config;
  const { responseProtection, streaming } = answerProtection(config);
  const isMcp = adapterOf(target) === "mcp";
  const mode = effectiveMode(config);
  return [
    ...when(!enforces(mode), `mode is ${mode}: findings are recorded and nothing is changed or blocked`),
    ...when(!isMcp && !responseProtection.enabled, "responseProtection.enabled is false: responses are not inspected"),
    ...when(isMcp && !mcp.protectResults, "mcp.protectResults is false: answers are not inspected"),
    ...when(isMcp && !mcp.protectParams, "mcp.protectParams is false: requests are not inspected"),
    ...when(
      !isMcp && responseProtection.enabled && !enforces(responseProtection.mode),
      `responseProtection.mode is ${responseProtection.mode}: findings in responses are recorded only`,
    ),
    ...when(
      responseProtection.enabled && responseProtection.failureMode === "allow",
      "responseProtection.failureMode is allow: a response that cannot be inspected is passed on",
    ),
    ...when(
      streaming.requestMode === "pass-through",
      "streaming.requestMode is pass-through: streamed responses are not inspected",
    ),
    ...when(
      !isMcp && streaming.requestMode === "inspect" && !enforces(streaming.responseMode),
      `streaming.responseMode is ${streaming.responseMode}: findings in streams are recorded only`,
    ),
    ...when(
      tokenVault.revealPolicy !== "disabled",
      `tokenVault.revealPolicy is ${tokenVault.revealPolicy}: values behind tokens can be shown`,
    ),
    ...filters.externalDetectors
      .filter(({ onFailure }) => onFailure === "continue")
      .map(
        ({ id }) =>
          `filters.externalDetectors: without an answer of ${id}, text leaves as the built-in detectors see it`,
      ),
    ...when(audit.anchor.mode === "none", "audit.anchor.mode is none: removal of the newest entries goes unnoticed"),
    ...configWarnings.map(({ path, message }) => `${path}: ${message}`),
  ];
}

function namedUpstreams(config: Config): { readonly upstreams?: readonly NamedUpstream[] } {
  const upstreams = configuredUpstreams(config).flatMap(({ name, baseUrl, priority, weight, auth }) =>
    name === null ? [] : [{ name, baseUrl: baseUrl.href, priority, weight, hasOwnKey: auth !== null }],
  );
  return upstreams.length === 0 ? {} : { upstreams };
}

function describeProtection(config: Config): Protection {
  const { policy, filters } = config;
  const { responseProtection, streaming } = answerProtection(config);
  const mode = effectiveMode(config);
  const requests = "requests, before they leave";
  const responses = "responses, before the client sees them";
  const streams = "streamed responses, while they arrive";
  const changed = enforces(mode);
  const guardsResponses = responseProtection.enabled && enforces(responseProtection.mode);
  const guardsStreams = streaming.requestMode === "inspect" && enforces(streaming.responseMode);
  return {
    mode,
    enforced: changed,
    presets: policy.presets,
    defaultAction: policy.defaultAction,
    profiles: Object.keys(policy.profiles ?? {}),
    responseProtection: {
      enabled: responseProtection.enabled,
      mode: responseProtection.mode,
      failureMode: responseProtection.failureMode,
    },
    streaming: { requestMode: streaming.requestMode, responseMode: streaming.responseMode },
    protects: [
      ...when(changed, requests),
      ...when(guardsResponses, responses),
      ...when(guardsStreams, streams),
      ...when(streaming.requestMode === "block", "streamed responses, by refusing requests for them"),
    ],
    doesNotProtect: [
      ...when(!changed, requests),
      ...when(!guardsResponses, responses),
      ...when(!guardsStreams && streaming.requestMode !== "block", streams),
      ...when(filters.externalDetectors.length === 0, "names and addresses that no label and no JSON key announces"),
    ],
  };
}

function stateWarnings({ keys, audit }: StateObservation): readonly string[] {
  return [
    ...when(keys.exists === false, "the key file is missing; haechi init makes one"),
    ...when(keys.isExposed, "the key file can be read by others than its owner; it should be 0600"),
    ...(keys.fault === null ? [] : [keys.fault]),
    ...when(
      keys.nonceBudget !== null && keys.nonceBudget.used >= keys.nonceBudget.warnThreshold,
      "the active key is more than half used up; haechi keys rotate makes a new one",
    ),
    ...when(
      keys.isWrapped === false,
      "the keys lie in clear in the key file; haechi keys wrap puts a pass phrase before them",
    ),
    ...when(audit.isExposed, "the audit log can be read by others than its owner; it should be 0600"),
    ...(audit.chain === null || audit.chain.valid ? [] : [`the audit log does not hold: ${audit.chain.reason}`]),
    ...when(
      audit.anchor.isOnSameDevice,
      "the anchors lie on the same device as the audit log, where whoever rewrites one can rewrite the other",
    ),
  ];
}

function tlsFiles(tls: Config["proxy"]["tls"]): ProtectionReport["proxy"]["tls"] {
  if (tls === null) return null;
  // Member by member, so that nothing else of it can come along.
  return "pfxFile" in tls ? { pfxFile: tls.pfxFile } : { keyFile: tls.keyFile, certFile: tls.certFile };
}

function when(holds: boolean, text: string): readonly string[] {
  return holds ? [text] : [];
}
