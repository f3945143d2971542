import type { Config } from "../config/schema.ts";
import type { AuditIdentity } from "../core/audit/event.ts";
import { type Operation, recordOperation } from "../engine/audit/record-operation.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import { listTokens } from "../providers/auth/bearer-file.ts";
import type { BearerRecord } from "../providers/auth/bearer-record.ts";
import type { PassphraseSource } from "../providers/crypto/key-wrapping.ts";
import { createRuntime, type Runtime } from "../runtime/create-runtime.ts";
import { CommandError } from "./command-error.ts";
import type { CliIo } from "./io.ts";
import { passphraseFor } from "./key-passphrase.ts";

interface TokenChange {
  readonly verb: Operation["verb"];
  /** Of the token that is changed; null for a new one. */
  readonly id: string | null;
}

/**
 * Runs a change of the bearer store that makes no new token and needs no keys, so that they cannot be in its way. It is
 * in the audit log before, and how it ended after.
 */
export function changeTokens<T extends { readonly record: BearerRecord }>(
  config: Config,
  change: TokenChange,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  return recordChange(config, createRuntime(withoutPseudonyms(config), { crypto: NO_KEYS }), change, work);
}

/** They take the keys. */
function withoutPseudonyms(config: Config): Config {
  const { audit } = config;
  return { ...config, audit: { ...audit, pseudonyms: { ...audit.pseudonyms, enabled: false } } };
}

const unused = () => Promise.reject(new CommandError("the keys are not opened here"));
const NO_KEYS: CryptoProvider = { encrypt: unused, decrypt: unused };

/**
 * The same for a change that makes a token, which takes the keys.
 * @throws CommandError when the keys are not here
 */
export async function makeToken<T extends { readonly record: BearerRecord }>(
  config: Config,
  io: CliIo,
  change: TokenChange,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  if (config.keys.provider !== "local") {
    throw new CommandError("bearer tokens are hashed with the local keys, and keys.provider is not local");
  }
  const passphrase: PassphraseSource = await passphraseFor(config, io);
  return await recordChange(config, createRuntime(config, {}, passphrase), change, work);
}

async function recordChange<T extends { readonly record: BearerRecord }>(
  { auth, audit }: Config,
  runtime: Runtime,
  { verb, id }: TokenChange,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  try {
    // What somebody typed may be anything, a token even.
    const found = (await listTokens(auth.store)).find((record) => record.id === id);
    const operation = { protocol: "auth", verb, decision: "auth_change" } as const;
    // A log of pseudonyms names nobody where none can be made.
    const isNameable = !audit.pseudonyms.enabled || runtime.pseudonyms !== null;
    return await recordOperation(
      runtime,
      found === undefined || !isNameable ? operation : { ...operation, identity: identityOf(found) },
      () => work(runtime),
      ({ record }) => (isNameable ? { identity: identityOf(record) } : {}),
    );
  } finally {
    await runtime.close();
  }
}

/** Without the hashes, which take the keys: the id says which token it is. */
function identityOf({ id, type }: BearerRecord): AuditIdentity {
  return { id, type, subjectHash: null, issuerHash: null, provider: "bearer" };
}
