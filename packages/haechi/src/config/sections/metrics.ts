import { key, section } from "../key.ts";
import { filePath, flag } from "../value-kinds.ts";

export const metrics = section("Prometheus metrics.", {
  enabled: key("Serve `/__haechi/metrics`.", flag, true),
  tokenFile: key(
    "File with a token that whoever asks for the metrics must send as `Authorization: Bearer …`; unset, everybody who reaches the port may. A new token in it holds from the next request on.",
    filePath,
  ),
});
