import { key, section } from "../key.ts";
import { flag } from "../value-kinds.ts";

export const plugins = section("Signed plugins.", {
  enabled: key("Kill switch: false refuses to run any plugin.", flag, true),
});
