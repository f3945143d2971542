/** Unpredictable values from the operating system. */
export interface Random {
  bytes(count: number): Uint8Array;
  /** RFC 9562 version 4. */
  uuid(): string;
}
