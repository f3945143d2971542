/** A server as it is written in a file, with the places of what runs it. */
export interface WrittenServer {
  readonly name: string;
  /** Null for a server that the client does not start, as one on HTTP. */
  readonly command: WrittenString | null;
  readonly args: WrittenList | null;
  /** What to write behind the command for a list of arguments that is not there. */
  argsMember(list: string): string;
}

/** A string, from its first quote to behind its last. */
export interface WrittenString {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A list, from its bracket to behind the other. */
export interface WrittenList {
  readonly start: number;
  readonly end: number;
  readonly elements: readonly WrittenString[];
}
