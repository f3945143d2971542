import { key, section } from "../key.ts";
import { oneOf } from "../value-kinds.ts";

export const logging = section("Operational log, on stderr. It never holds payload.", {
  format: key("One line of text or one JSON object for each event.", oneOf(["text", "json"]), "text"),
});
