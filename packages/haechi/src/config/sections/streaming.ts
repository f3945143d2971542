import { MODES } from "../../core/decide/mode.ts";
import { key, section } from "../key.ts";
import { integer, oneOf } from "../value-kinds.ts";

export const streaming = section("Responses that arrive in pieces.", {
  requestMode: key(
    "A request that asks for a stream is refused, passed on with an uninspected answer, or answered through the inspecting filter.",
    oneOf(["block", "pass-through", "inspect"]),
    "block",
  ),
  responseMode: key("What to do with findings in an inspected stream.", oneOf(MODES), "enforce"),
  maxMatchBytes: key(
    "How much text is held back so that a value that is cut between two pieces is still found.",
    integer(1),
    256,
  ),
});
