/** Told about one answer after the other on a connection. */
export interface ResponseListener {
  onBody(part: Buffer): void;
  onEnd(status: number): void;
}

/**
 * Reads HTTP/1.1 answers from the bytes of a connection that is kept open, as much of
 * RFC 9112 as the servers of the bench speak: a length, or chunks without trailers.
 */
export function createResponseReader({ onBody, onEnd }: ResponseListener): (bytes: Buffer) => void {
  let expected: keyof typeof steps = "head";
  let unread: Buffer = Buffer.alloc(0);
  let status = 0;
  let remaining = 0;

  /** Each takes its part of what is unread, and says whether all of it was there. */
  const steps = {
    head() {
      const head = takeLine("\r\n\r\n");
      if (head === null) return false;
      status = Number(head.slice(9, 12));
      const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
      remaining = Number(length ?? 0);
      expected = length === undefined ? "chunkSize" : "body";
      return true;
    },
    body() {
      const part = take(Math.min(remaining, unread.length));
      remaining -= part.length;
      onBody(part);
      return remaining === 0 && end();
    },
    chunkSize() {
      const size = takeLine("\r\n");
      if (size === null) return false;
      remaining = Number.parseInt(size, 16);
      expected = remaining === 0 ? "lastLine" : "chunk";
      return true;
    },
    chunk() {
      if (unread.length < remaining + 2) return false;
      onBody(take(remaining + 2).subarray(0, remaining));
      expected = "chunkSize";
      return true;
    },
    lastLine() {
      return takeLine("\r\n") !== null && end();
    },
  };
  return (bytes) => {
    unread = unread.length === 0 ? bytes : Buffer.concat([unread, bytes]);
    while (unread.length > 0 && steps[expected]());
  };

  function end(): true {
    expected = "head";
    onEnd(status);
    return true;
  }

  function takeLine(ending: string): string | null {
    const end = unread.indexOf(ending);
    return end < 0 ? null : take(end + ending.length).toString("latin1", 0, end);
  }

  function take(length: number): Buffer {
    const taken = unread.subarray(0, length);
    unread = unread.subarray(length);
    return taken;
  }
}
