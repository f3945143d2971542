import { existsSync } from "node:fs";
import type { Config } from "../config/schema.ts";
import { requireLength } from "../providers/crypto/key-custody.ts";
import { initKeyFile } from "../providers/crypto/key-file.ts";
import { createWrappingKeys } from "../providers/crypto/key-wrapping.ts";
import { systemClock } from "../providers/system/system-clock.ts";
import { systemRandom } from "../providers/system/system-random.ts";
import type { CliIo } from "./io.ts";
import { configuredPassphrase } from "./key-passphrase.ts";
import { refuseNewKeysBesideOld } from "./refuse-new-keys.ts";

/**
 * Makes the key file of a configuration where it has none: a gateway without keys would refuse its first token. True when it was made.
 * @throws HaechiError KEY_FILE_INVALID, also where the keys were lost
 */
export async function ensureKeyFile(config: Config, io: CliIo): Promise<boolean> {
  // One that is there is not touched: it may be a secret that is mounted read-only.
  if (config.keys.provider === "external" || existsSync(config.keys.keyFile)) return false;
  await refuseNewKeysBesideOld(config);
  // Whoever configures a pass phrase wants no key in clear.
  return makeKeyFile(config.keys.keyFile, configuredPassphrase(config, io));
}

/**
 * Makes a key file, wrapped when there is a pass phrase, or checks the one that is there. True when it was made.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function makeKeyFile(path: string, passphrase: string | null): Promise<boolean> {
  if (passphrase !== null) requireLength(passphrase);
  const { created } = await initKeyFile(path, {
    wrapped: passphrase !== null,
    clock: systemClock,
    random: systemRandom,
    wrappingKeys: createWrappingKeys(() => passphrase),
  });
  return created;
}
