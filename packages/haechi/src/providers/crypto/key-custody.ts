import { HaechiError } from "../../core/errors.ts";
import { changeKeyFile, type KeyFilePorts, withNewKey } from "./key-file.ts";
import { activeEntry, type KeyEntry, type KeyFileContent } from "./key-file-content.ts";
import { createWrappingKeys, newWrapParameters, type PassphraseSource, type WrappingKeys } from "./key-wrapping.ts";

/** Shorter pass phrases are found by trying, however slow one try is. */
const PASSPHRASE_CHARACTERS_MIN = 12;

/**
 * Makes a new active key; returns its id. Everything that was sealed stays readable, keyed hashes stay the same.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function rotateKeys(path: string, ports: KeyFilePorts): Promise<string> {
  let kid = "";
  await changeKeyFile(path, ports, ({ content, wrap }) => {
    const rotated = withNewKey(content, ports.clock.now(), ports.random);
    kid = rotated.keys[0]!.kid;
    return { content: rotated, wrap };
  });
  return kid;
}

/**
 * Takes a key out of use: it seals nothing any more and, with `opensUntil`, opens nothing from that moment on. A
 * new key takes the place of the active one; returns its id, else null. Null for `opensUntil` takes the date away.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function retireKey(
  path: string,
  kid: string,
  { opensUntil, ...ports }: KeyFilePorts & { readonly opensUntil?: number | null },
): Promise<string | null> {
  let newKid: string | null = null;
  await changeKeyFile(path, ports, ({ content, wrap }) => {
    const now = ports.clock.now();
    const isActive = activeEntry(content.keys).kid === entryOf(content, kid).kid;
    const retired = isActive ? withNewKey(content, now, ports.random) : content;
    if (isActive) newKid = retired.keys[0]!.kid;
    return {
      content: withEntry(retired, kid, ({ opensUntil: before, ...entry }) => {
        const until = opensUntil === undefined ? before : isoOrNone(opensUntil);
        return {
          ...entry,
          status: "retired",
          retiredAt: entry.retiredAt ?? new Date(now).toISOString(),
          ...(until === undefined ? undefined : { opensUntil: until }),
        };
      }),
      wrap,
    };
  });
  return newKid;
}

/**
 * Deletes the bytes of a retired key. What it sealed can never be opened again.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function destroyKey(path: string, kid: string, ports: KeyFilePorts): Promise<void> {
  await changeKeyFile(path, ports, ({ content, wrap }) => {
    if (activeEntry(content.keys).kid === entryOf(content, kid).kid)
      throw refused("it is the active key; rotate first");
    const destroyedAt = new Date(ports.clock.now()).toISOString();
    return {
      content: withEntry(content, kid, ({ k: _, ...entry }) => ({ ...entry, status: "destroyed", destroyedAt })),
      wrap,
    };
  });
}

/**
 * Wraps the keys by a pass phrase, or by another one than before.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function wrapKeyFile(path: string, passphrase: string, ports: KeyFilePorts): Promise<void> {
  requireLength(passphrase);
  const wrap = newWrapParameters(ports.random);
  const wrappingKeys = withPassphraseFor(wrap.salt, () => passphrase, ports.wrappingKeys);
  await changeKeyFile(path, { ...ports, wrappingKeys }, ({ content }) => ({ content, wrap }));
}

/**
 * Writes the keys in clear again.
 * @throws HaechiError KEY_FILE_INVALID, KEY_UNAVAILABLE
 */
export async function unwrapKeyFile(path: string, ports: KeyFilePorts): Promise<void> {
  await changeKeyFile(path, ports, ({ content }) => ({ content, wrap: null }));
}

/**
 * Refuses a pass phrase that is too short to wrap keys with.
 * @throws HaechiError KEY_UNAVAILABLE
 */
export function requireLength(passphrase: string): void {
  if ([...passphrase].length >= PASSPHRASE_CHARACTERS_MIN) return;
  const message = `A pass phrase has at least ${PASSPHRASE_CHARACTERS_MIN} characters`;
  throw new HaechiError("KEY_UNAVAILABLE", message, { reason: "passphrase_short" });
}

/** The new pass phrase for what is written, the one before for what is read. */
function withPassphraseFor(salt: string, passphrase: PassphraseSource, before?: WrappingKeys): WrappingKeys {
  const next = createWrappingKeys(passphrase);
  const others = before ?? createWrappingKeys(() => null);
  return (parameters) => (parameters.salt === salt ? next(parameters) : others(parameters));
}

function entryOf({ keys }: KeyFileContent, kid: string): KeyEntry {
  const entry = keys.find((key) => key.kid === kid);
  if (entry === undefined) throw refused("there is none with this id");
  if (entry.status === "destroyed") throw refused("it is destroyed");
  return entry;
}

function withEntry(content: KeyFileContent, kid: string, change: (entry: KeyEntry) => KeyEntry): KeyFileContent {
  return { ...content, keys: content.keys.map((entry) => (entry.kid === kid ? change(entry) : entry)) };
}

function isoOrNone(time: number | null): string | undefined {
  return time === null ? undefined : new Date(time).toISOString();
}

function refused(why: string): HaechiError {
  return new HaechiError("KEY_UNAVAILABLE", `The key cannot be changed: ${why}`, { reason: "key_change_refused" });
}
