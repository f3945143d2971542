import { answerProtection } from "../config/answer-protection.ts";
import { enforces } from "../core/decide/mode.ts";
import type { Logger } from "../ports/logger.ts";
import type { Runtime } from "./create-runtime.ts";

/** Says what the configuration of a gateway leaves open. */
export function warnOfWeakness({ config, policy }: Pick<Runtime, "config" | "policy">, logger: Logger): void {
  if (!enforces(policy.requestMode)) logger.warn("non_enforce_mode", { mode: policy.requestMode });
  if (!answerProtection(config).responseProtection.enabled) logger.warn("response_protection_disabled");
}

/** Says so where the audit log cannot be written: the gateway starts, and refuses everything until it can. */
export async function warnOfAudit({ config, audit }: Pick<Runtime, "config" | "audit">, logger: Logger): Promise<void> {
  const { ok, reason } = await audit.ready();
  if (!ok) logger.error("audit_unwritable", { path: config.audit.path, reason });
}
