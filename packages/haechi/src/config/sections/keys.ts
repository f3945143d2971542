import * as z from "zod/mini";
import { key, section } from "../key.ts";
import { filePath, oneOf } from "../value-kinds.ts";

export const keys = section("Custody of the encryption keys.", {
  provider: key(
    "`local` keeps keys in `keys.keyFile`; `external` is a crypto provider handed to the runtime by the program that embeds it.",
    oneOf(["local", "external"]),
    "local",
  ),
  keyFile: key("The local key file, readable by its owner only.", filePath, ".haechi/dev.keys.json"),
  passphraseFile: key(
    "A file with the pass phrase of a wrapped key file, kept apart from it. The variable `HAECHI_KEY_PASSPHRASE` comes first.",
    z.nullable(filePath),
    null,
  ),
});
