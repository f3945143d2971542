import { MODES } from "../../core/decide/mode.ts";
import { key, section } from "../key.ts";
import { flag, integer, oneOf } from "../value-kinds.ts";

export const responseProtection = section("Inspection of what the upstream answers.", {
  enabled: key("Inspect upstream responses that are not streamed.", flag, false),
  mode: key("What to do with findings in responses; independent of the mode for requests.", oneOf(MODES), "enforce"),
  failureMode: key(
    "What happens to a response that cannot be inspected: refused, or passed on and recorded.",
    oneOf(["fail-closed", "allow"]),
    "fail-closed",
  ),
  allowNonJson: key("Pass responses that are not JSON on uninspected.", flag, false),
  allowCompressed: key("Pass compressed responses on uninspected instead of refusing them.", flag, false),
  maxBytes: key("Largest response body. Holds under `failureMode: allow` too.", integer(1), 1_048_576),
  scanNumbers: key("Inspect bare numbers in responses too.", flag, false),
});
