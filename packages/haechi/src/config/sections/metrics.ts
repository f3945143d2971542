import { key, section } from "../key.ts";
import { flag } from "../value-kinds.ts";

export const metrics = section("Prometheus metrics.", {
  enabled: key("Serve `/__haechi/metrics`.", flag, true),
});
