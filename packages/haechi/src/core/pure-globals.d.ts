// The whole outside world that core and protocols may use: deterministic, free of
// I/O, and the same in every JavaScript runtime. Anything else does not compile there.

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}

declare module "node:crypto" {
  export function hash(algorithm: "sha256", data: string | Uint8Array, outputEncoding: "hex" | "base64url"): string;
}

declare module "node:buffer" {
  /** True when the bytes are well-formed UTF-8. */
  export function isUtf8(input: Uint8Array): boolean;
  /** True when every byte is below 0x80. */
  export function isAscii(input: Uint8Array): boolean;
}

/** The bytes that base64 says, and back, each as a character of its code. */
declare function atob(data: string): string;
declare function btoa(data: string): string;
