import type { Config } from "../config/schema.ts";
import { type Operation, recordOperation } from "../engine/audit/record-operation.ts";
import { rotateKeys } from "../providers/crypto/key-custody.ts";
import { describeKeyFile, type KeyFilePorts } from "../providers/crypto/key-file.ts";
import { createWrappingKeys } from "../providers/crypto/key-wrapping.ts";
import { createRuntime, type Runtime } from "../runtime/create-runtime.ts";
import { CommandError } from "./command-error.ts";
import type { CliIo } from "./io.ts";
import { passphraseFor } from "./key-passphrase.ts";

/** What a change of the key file works with. */
export interface KeyChange extends KeyFilePorts {
  readonly keyFile: string;
  readonly runtime: Runtime;
  /**
   * Runs the change itself; it is in the audit log before, and how it ended after.
   * @param kid of the key that is changed; one that the file does not have is not recorded
   * @param newKidOf the key that seals from then on; null when that is the one before
   */
  recorded<T>(
    verb: Operation["verb"],
    kid: string | null,
    change: () => Promise<T>,
    newKidOf?: (result: T) => string | null,
  ): Promise<T>;
}

/**
 * Runs what changes the key file of a configuration. The keys have to be good, and open, before.
 * @throws CommandError when there is no key file of ours
 */
export async function changeKeys<T>(config: Config, io: CliIo, work: (change: KeyChange) => Promise<T>): Promise<T> {
  const { keys } = config;
  if (keys.provider !== "local")
    throw new CommandError("keys.provider is not local: keys are changed where they are kept");
  const passphrase = await passphraseFor(config, io);
  const runtime = createRuntime(config, {}, passphrase);
  try {
    return await work({
      keyFile: keys.keyFile,
      runtime,
      clock: runtime.clock,
      random: runtime.random,
      wrappingKeys: createWrappingKeys(passphrase),
      recorded(verb, kid, change, newKidOf = () => null) {
        // What somebody typed may be anything.
        const isKnown = describeKeyFile(keys.keyFile).keys.some((key) => key.kid === kid);
        const about = kid === null || !isKnown ? {} : { kid };
        return recordOperation(
          runtime,
          { protocol: "keys", verb, decision: "key_change", ...about },
          change,
          (result) => {
            const newKid = newKidOf(result);
            return newKid === null ? {} : { newKid };
          },
        );
      },
    });
  } finally {
    await runtime.close();
  }
}

/** Makes a new active key, and records which one and in place of which; returns its id. */
export function rotateRecorded({ keyFile, recorded, ...ports }: KeyChange): Promise<string> {
  const { activeKid } = describeKeyFile(keyFile);
  return recorded(
    "rotate",
    activeKid,
    () => rotateKeys(keyFile, ports),
    (kid) => kid,
  );
}
