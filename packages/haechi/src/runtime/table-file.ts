/** A file with the prepared tables of the built-in detectors. */
export interface TableFile {
  readonly url: URL;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Null in the sources; the build makes the file, and names it here. */
export const tableFile: TableFile | null = null;
