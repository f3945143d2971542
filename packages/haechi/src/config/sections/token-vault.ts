import * as z from "zod/mini";
import { key, section } from "../key.ts";
import { filePath, flag, numberBetween, oneOf } from "../value-kinds.ts";
import { entityType } from "./entity-type-name.ts";

const typesExpected = "expected null or a list with at least one entity type";

// A century; a date much further out is no date any more.
const RETENTION_DAYS_MAX = 36_500;

export const tokenVault = section("Where tokenized values are kept, encrypted.", {
  provider: key("The vault on this machine.", oneOf(["local"]), "local"),
  path: key("The vault database.", filePath, ".haechi/token-vault.sqlite"),
  revealPolicy: key(
    "Whether `haechi token-reveal` and `haechi decrypt` may show a value; `local-dev` is for development only.",
    oneOf(["disabled", "local-dev"]),
    "disabled",
  ),
  retentionDays: key("How long a token can be resolved.", numberBetween(1, RETENTION_DAYS_MAX), 30),
  deterministic: key("Equal values get equal tokens, which lets an observer see that they are equal.", flag, false),
  deterministicTypes: key(
    "Entity types that `tokenVault.deterministic` is limited to. Null is all.",
    z.nullable(z.array(entityType, { error: typesExpected }).check(z.minLength(1, { error: typesExpected }))),
    null,
  ),
  detokenizeResponses: key(
    "Put the values back into the response of the exchange that issued their tokens. Over HTTP it needs `responseProtection.enabled`, for MCP `mcp.protectResults`.",
    flag,
    false,
  ),
});
