/** An IP address as a number of 32 or 128 bits. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** The leading `length` bits that all addresses of a block share. */
export interface AddressBlock {
  readonly bits: 32 | 128;
  readonly prefix: bigint;
  readonly length: number;
}

/**
 * Reads an address as it stands in a URL or comes from a resolver: dotted decimal
 * without leading zeros (RFC 6943 §3.1.1), or RFC 4291 §2.2 text, bare or in
 * brackets. Null for anything else; a zone id names an interface, not an address.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const bracketed = text.startsWith("[") && text.endsWith("]");
  const inner = bracketed ? text.slice(1, -1) : text;
  if (inner.includes(":")) return parseIpv6(inner);
  return bracketed ? null : parseIpv4(inner);
}

/** Reads `address/length`. @throws Error when it is not a block; blocks are written by us. */
export function parseAddressBlock(text: string): AddressBlock {
  const [address = "", length = ""] = text.split("/");
  const parsed = parseIpAddress(address);
  if (parsed === null || !/^\d{1,3}$/.test(length) || Number(length) > parsed.bits) {
    throw new Error(`${text} is not an address block`);
  }
  return { bits: parsed.bits, prefix: prefixOf(parsed, Number(length)), length: Number(length) };
}

/** Reads an address, which is a block of its own, or a block as `address/length`; null for anything else. */
export function parseAddressOrBlock(text: string): AddressBlock | null {
  const address = parseIpAddress(text);
  if (address !== null) return { bits: address.bits, prefix: address.value, length: address.bits };
  try {
    return parseAddressBlock(text);
  } catch {
    return null;
  }
}

/** True when the address lies in the block. */
export function isInBlock(address: IpAddress, { bits, prefix, length }: AddressBlock): boolean {
  return address.bits === bits && prefixOf(address, length) === prefix;
}

function prefixOf({ bits, value }: IpAddress, length: number): bigint {
  return value >> BigInt(bits - length);
}

function parseIpv4(text: string): IpAddress | null {
  const parts = text.split(".");
  if (parts.length !== 4) return null;
  let value = 0n;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    value = (value << 8n) | BigInt(part);
  }
  return { bits: 32, value };
}

function parseIpv6(text: string): IpAddress | null {
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = "", tail] = halves;
  const groups = tail === undefined ? groupsOf(head, true) : joined(groupsOf(head, false), groupsOf(tail, true));
  if (groups?.length !== 8) return null;
  return { bits: 128, value: groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n) };
}

/** "::" stands for one or more groups of zeros. */
function joined(head: readonly number[] | null, tail: readonly number[] | null): number[] | null {
  if (head === null || tail === null || head.length + tail.length > 7) return null;
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

/** The 16-bit groups of a text without "::"; the last two of an address may be written as IPv4. */
function groupsOf(text: string, endsAddress: boolean): number[] | null {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [at, part] of parts.entries()) {
    const ipv4 = endsAddress && at === parts.length - 1 ? parseIpv4(part) : null;
    if (ipv4 !== null) groups.push(Number(ipv4.value >> 16n), Number(ipv4.value & 0xffffn));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}
