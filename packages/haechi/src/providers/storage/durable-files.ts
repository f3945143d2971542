import fs from "node:fs";

/** The calls that decide whether bytes survive a power cut. */
export interface DurableFiles {
  /** Opens for appending and reading; creates the file 0600. */
  openForAppend(path: string): number;
  /** Resolves when all the bytes are durable. */
  write(fd: number, bytes: Uint8Array): Promise<void>;
  /** Shortens a file, durably. */
  truncate(fd: number, length: number): void;
  /** Makes the creation or renaming of a file in the directory durable. */
  syncDirectory(path: string): void;
}

const { O_APPEND, O_CREAT, O_RDWR } = fs.constants;

// On Linux a write to a file opened O_DSYNC returns when data and length are on the
// disk: one system call where write and fdatasync are two. Elsewhere the flag does
// not reach the drive's own cache (macOS), or is not there (Windows).
const O_DSYNC = process.platform === "linux" ? fs.constants.O_DSYNC : 0;

/** The file system's own calls. */
export const durableFiles: DurableFiles = {
  openForAppend: (path) => fs.openSync(path, O_RDWR | O_CREAT | O_APPEND | O_DSYNC, 0o600),
  async write(fd, bytes) {
    // A short write is not an error, and is what a disk that runs full does first.
    for (let written = 0; written < bytes.length; ) written += await writeSome(fd, bytes, written);
    if (O_DSYNC === 0) await flush(fd);
  },
  truncate(fd, length) {
    fs.ftruncateSync(fd, length);
    fs.fdatasyncSync(fd);
  },
  syncDirectory(path) {
    // Windows cannot open a directory, and keeps its entries in a journal of its own.
    if (process.platform === "win32") return;
    const fd = fs.openSync(path, "r");
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  },
};

// The callback forms cost a third of the promise forms, and this is on the way of every record.
function writeSome(fd: number, bytes: Uint8Array, offset: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.write(fd, bytes, offset, bytes.length - offset, null, (error, written) => {
      if (error) reject(error);
      else resolve(written);
    });
  });
}

function flush(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.fdatasync(fd, (error) => (error ? reject(error) : resolve()));
  });
}
