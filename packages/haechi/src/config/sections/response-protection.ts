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
  allowNonJson: key(
    "Pass responses on that are not what their route answers with: text is inspected, other data are not.",
    flag,
    false,
  ),
  allowCompressed: key(
    "Pass compressed responses on uninspected that cannot be decoded, instead of refusing them.",
    flag,
    false,
  ),
  decodeCompressed: key(
    "Decode responses that come compressed although none was asked for, inspect them and pass them on decoded. Off, they count as ones that cannot be decoded.",
    flag,
    true,
  ),
  restoreIntoUrls: key(
    "Put tokens back also where they stand in addresses: behind a scheme, in the target of a link or a picture. Whoever can tell the model what to write could send values away like this.",
    flag,
    false,
  ),
  maxBytes: key("Largest response body. Holds under `failureMode: allow` too.", integer(1), 1_048_576),
  scanNumbers: key("Inspect bare numbers in responses too.", flag, false),
});
