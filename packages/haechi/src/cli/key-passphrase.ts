import type { Config } from "../config/schema.ts";
import { isHaechiError } from "../core/errors.ts";
import { requireLength } from "../providers/crypto/key-custody.ts";
import { describeKeyFile } from "../providers/crypto/key-file.ts";
import { PASSPHRASE_WAYS, type PassphraseSource } from "../providers/crypto/key-wrapping.ts";
import { passphraseSource, readPassphraseFile } from "../providers/crypto/passphrase-source.ts";
import { askHidden, canAsk } from "./ask-hidden.ts";
import { CommandError } from "./command-error.ts";
import type { CliIo } from "./io.ts";

/** The pass phrase of the key file of a configuration; a person at a terminal is asked for one that is needed and not given. */
export async function passphraseFor(config: Config, io: CliIo): Promise<PassphraseSource> {
  const typed = await typedPassphrase(config, io);
  if (typed !== null) return () => typed;
  return passphraseSource({ environment: io.environment, file: config.keys.passphraseFile });
}

/** What a person at a terminal types where a pass phrase is needed and not given; null where nobody was asked. */
export async function typedPassphrase(config: Config, io: CliIo): Promise<string | null> {
  const { keys } = config;
  if (keys.provider !== "local" || !canAsk(io.stdin) || !isWrapped(keys.keyFile)) return null;
  return configuredPassphrase(config, io) === null ? await askHidden(io, "Pass phrase of the key file: ") : null;
}

/**
 * A pass phrase to wrap with: that of `file` where one is named, else what the gateway will find when it starts,
 * else what a person types, twice.
 * @throws CommandError; HaechiError KEY_UNAVAILABLE when it is too short
 */
export async function newPassphrase(config: Config, io: CliIo, file: string | undefined): Promise<string> {
  const found = file === undefined ? configuredPassphrase(config, io) : readPassphraseFile(file);
  const passphrase = found ?? (await typedTwice(io));
  requireLength(passphrase);
  return passphrase;
}

/** The pass phrase that a gateway finds at its start; null when there is none. */
export function configuredPassphrase({ keys }: Config, { environment }: CliIo): string | null {
  return passphraseSource({ environment, file: keys.passphraseFile })();
}

/** What a person types, twice the same. */
export async function typedTwice(io: CliIo): Promise<string> {
  if (!canAsk(io.stdin)) throw new CommandError(`no pass phrase was given: ${PASSPHRASE_WAYS}`);
  const typed = await askHidden(io, "New pass phrase of the key file: ");
  if (typed !== (await askHidden(io, "The same again: "))) throw new CommandError("the two are not the same");
  return typed;
}

function isWrapped(keyFile: string): boolean {
  try {
    return describeKeyFile(keyFile).isWrapped;
  } catch (error) {
    // Whoever needs the keys reports it.
    if (isHaechiError(error, "KEY_FILE_INVALID")) return false;
    throw error;
  }
}
