import { parseIpAddress } from "./ip-address.ts";

// The PROXY protocol, versions 1 and 2 (https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt): a hop that
// forwards connections says first, on each of them, where it has it from.

/** What the first bytes of a connection say. */
export type ProxyHeader =
  | {
      readonly kind: "whole";
      /** In bytes; what follows belongs to the connection. */
      readonly length: number;
      /** The client's address; null where the hop speaks for itself, or does not know. */
      readonly source: string | null;
    }
  | { readonly kind: "unfinished" }
  | { readonly kind: "malformed" };

/** Reads the header at the beginning of a connection, as far as that has come. */
export function readProxyHeader(bytes: Uint8Array): ProxyHeader {
  if (beginsAlike(bytes, SIGNATURE_V2)) return readVersion2(bytes);
  return beginsAlike(bytes, SIGNATURE_V1) ? readVersion1(bytes) : MALFORMED;
}

const UNFINISHED: ProxyHeader = { kind: "unfinished" };
const MALFORMED: ProxyHeader = { kind: "malformed" };

const SIGNATURE_V1 = Uint8Array.from("PROXY ", (letter) => letter.charCodeAt(0));
const SIGNATURE_V2 = Uint8Array.of(0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a);

function beginsAlike(bytes: Uint8Array, signature: Uint8Array): boolean {
  const length = Math.min(bytes.length, signature.length);
  for (let at = 0; at < length; at++) if (bytes[at] !== signature[at]) return false;
  return true;
}

/** With the end of the line (§2.1). */
const VERSION_1_BYTES_MAX = 107;

function readVersion1(bytes: Uint8Array): ProxyHeader {
  const scanned = Math.min(bytes.length, VERSION_1_BYTES_MAX);
  let line = "";
  for (let at = 0; at < scanned; at++) {
    const byte = bytes[at]!;
    if (byte === CARRIAGE_RETURN) {
      if (at + 1 === VERSION_1_BYTES_MAX) return MALFORMED;
      if (at + 1 === bytes.length) return UNFINISHED;
      return bytes[at + 1] === LINE_FEED ? readLine(line, at + 2) : MALFORMED;
    }
    // The line is ASCII that can be seen, and spaces.
    if (byte < 0x20 || byte > 0x7e) return MALFORMED;
    line += String.fromCharCode(byte);
  }
  return scanned === VERSION_1_BYTES_MAX ? MALFORMED : UNFINISHED;
}

const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

function readLine(line: string, length: number): ProxyHeader {
  const [, family, source, destination, ...ports] = line.split(" ");
  // What follows is to be ignored.
  if (family === "UNKNOWN") return { kind: "whole", length, source: null };
  const bits = family === "TCP4" ? 32 : family === "TCP6" ? 128 : null;
  if (bits === null || source === undefined || destination === undefined) return MALFORMED;
  if (!isAddress(source, bits) || !isAddress(destination, bits)) return MALFORMED;
  if (ports.length !== 2 || !ports.every(isPort)) return MALFORMED;
  return { kind: "whole", length, source };
}

function isAddress(text: string, bits: 32 | 128): boolean {
  return !text.startsWith("[") && parseIpAddress(text)?.bits === bits;
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

/** Signature, version and command, family, length. */
const VERSION_2_HEAD_BYTES = 16;
/** Addresses need 216 at most; the rest is what hops add, and more than this nobody does. */
const VERSION_2_BYTES_MAX = 4096;

function readVersion2(bytes: Uint8Array): ProxyHeader {
  const [version, family, high, low] = bytes.subarray(SIGNATURE_V2.length, VERSION_2_HEAD_BYTES);
  if (version !== undefined && version !== LOCAL && version !== PROXY) return MALFORMED;
  const addresses = family === undefined ? undefined : ADDRESSES.get(family);
  // Whatever stands beside the command LOCAL is to be ignored.
  if (version === PROXY && family !== undefined && addresses === undefined) return MALFORMED;
  if (high === undefined || low === undefined) return UNFINISHED;
  const length = VERSION_2_HEAD_BYTES + high * 256 + low;
  if (length > VERSION_2_BYTES_MAX) return MALFORMED;
  if (version === PROXY && length < VERSION_2_HEAD_BYTES + addresses!.bytes) return MALFORMED;
  if (bytes.length < length) return UNFINISHED;
  if (version === LOCAL) return { kind: "whole", length, source: null };
  return { kind: "whole", length, source: addresses!.source(bytes.subarray(VERSION_2_HEAD_BYTES)) };
}

/** Version 2 in the upper half, the command in the lower. */
const LOCAL = 0x20;
const PROXY = 0x21;

interface Addresses {
  /** Of both addresses, with ports. */
  readonly bytes: number;
  source(block: Uint8Array): string | null;
}

const NO_ADDRESS = { source: () => null };
const IPV4: Addresses = { bytes: 12, source: (block) => block.subarray(0, 4).join(".") };
const IPV6: Addresses = { bytes: 36, source: (block) => groupsOf(block.subarray(0, 16)).join(":") };
const UNIX: Addresses = { bytes: 216, ...NO_ADDRESS };

/** By family and transport (§2.2); there are no others. */
const ADDRESSES: ReadonlyMap<number, Addresses> = new Map([
  [0x00, { bytes: 0, ...NO_ADDRESS }],
  [0x11, IPV4],
  [0x12, IPV4],
  [0x21, IPV6],
  [0x22, IPV6],
  [0x31, UNIX],
  [0x32, UNIX],
]);

function groupsOf(address: Uint8Array): string[] {
  const groups: string[] = [];
  for (let at = 0; at < address.length; at += 2) groups.push((address[at]! * 256 + address[at + 1]!).toString(16));
  return groups;
}
