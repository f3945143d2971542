/** What SQLite says when something fails: https://www.sqlite.org/rescode.html */

export function isSqliteError(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
}

/** True for what SQLite says, or the system when the file of a database is made or opened. */
export function isStorageError(error: unknown): boolean {
  return isSqliteError(error) || (error instanceof Error && "syscall" in error);
}

/** True when another connection holds the file, for whatever reason. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === SQLITE_BUSY;
}

/** True when the file is no database. */
export function isNoDatabase(error: unknown): boolean {
  return primaryCode(error) === SQLITE_NOTADB;
}

const SQLITE_BUSY = 5;
const SQLITE_NOTADB = 26;

/** Extended codes, which say why, have the primary one in their last byte. */
function primaryCode(error: unknown): number | null {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : null;
}
