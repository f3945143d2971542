import { key, section } from "../key.ts";
import { filePath, listOf, oneOf, text } from "../value-kinds.ts";
import { authPlugin } from "./auth-plugin.ts";

/** Takes the token where Authorization is the provider's. No configuration can forward it. */
const TOKEN_HEADER = "x-haechi-token";

export const auth = section("Who may use the gateway.", {
  provider: key(
    "`none` lets everybody in; `bearer` checks tokens of `auth.store`; `external` is an authenticator handed to the runtime by the program that embeds it; `plugin` is a signed plugin, which this build checks and does not run yet.",
    oneOf(["none", "bearer", "external", "plugin"]),
    "none",
  ),
  store: key("The bearer token store.", filePath, ".haechi/auth.json"),
  header: key(
    "Where clients put a token of `auth.store`: `authorization`, which then never goes upstream, or `x-haechi-token`, which leaves Authorization to the provider's key.",
    oneOf(["authorization", TOKEN_HEADER]),
    "authorization",
  ),
  allowedLabelKeys: key("Identity labels that are kept; a list in the file replaces this one.", listOf(text), [
    "team",
    "env",
    "tier",
    "role",
  ]),
  plugin: key("The signed plugin; required with `auth.provider: plugin`.", authPlugin),
});
