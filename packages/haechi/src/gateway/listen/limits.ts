// Bounds of a connection, whichever version of HTTP it speaks.

/** Of a request line, or what stands for it, with all headers. */
export const HEAD_BYTES_MAX = 16_384;

/** Longer than the minute after which common load balancers let go of an idle connection, so that they do so first. */
export const KEEP_ALIVE_MS = 65_000;
