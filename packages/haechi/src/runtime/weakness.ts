import { answerProtection } from "../config/answer-protection.ts";
import { enforces } from "../core/decide/mode.ts";
import type { Logger } from "../ports/logger.ts";
import type { Runtime } from "./create-runtime.ts";

/** Says what the configuration of a gateway leaves open. */
export function warnOfWeakness({ config, policy }: Pick<Runtime, "config" | "policy">, logger: Logger): void {
  if (!enforces(policy.requestMode)) logger.warn("non_enforce_mode", { mode: policy.requestMode });
  if (!answerProtection(config).responseProtection.enabled) logger.warn("response_protection_disabled");
}
