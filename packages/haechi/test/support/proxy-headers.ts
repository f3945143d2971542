/** A header of version 1 of the PROXY protocol for a client of IPv4. */
export function proxyHeader1(source: string): Buffer {
  return Buffer.from(`PROXY TCP4 ${source} 127.0.0.1 56324 443\r\n`);
}

const SIGNATURE = Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]);

/** A header of version 2 with these very bytes. */
export function proxyHeader2(command: number, family: number, block: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head[0] = 0x20 | command;
  head[1] = family;
  head.writeUInt16BE(block.length, 2);
  return Buffer.concat([SIGNATURE, head, block]);
}

/** The block for TCP over IPv4, with what hops add. */
export function ipv4Block(source: readonly number[], extra: Uint8Array = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.from([...source, 127, 0, 0, 1, 0xdc, 0x04, 0x01, 0xbb]), extra]);
}

/** One further field (type, length, value). */
export function extraField(type: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(3);
  head[0] = type;
  head.writeUInt16BE(value.length, 1);
  return Buffer.concat([head, value]);
}
