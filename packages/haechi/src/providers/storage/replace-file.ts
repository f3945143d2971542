import fs from "node:fs";
import { dirname } from "node:path";
import { HaechiError } from "../../core/errors.ts";
import { durableFiles } from "./durable-files.ts";

/**
 * Replaces the content of a file that is somebody else's as a whole: with its permissions, and where a link to it leads.
 * @param before what it held when the new content was made
 * @throws HaechiError CONFIG_INVALID when it holds something else by now
 */
export function replaceFile(path: string, before: string, text: string): void {
  const target = fs.realpathSync(path);
  const mode = fs.statSync(target).mode & 0o777;
  const temporary = `${target}.haechi-new`;
  fs.rmSync(temporary, { force: true });
  const fd = fs.openSync(temporary, "wx", mode);
  try {
    fs.writeFileSync(fd, text);
    // The mask of the process may have taken something away.
    fs.fchmodSync(fd, mode);
    fs.fsyncSync(fd);
    if (fs.readFileSync(target, "utf8") !== before) {
      throw new HaechiError("CONFIG_INVALID", "The file changed in the meantime; nothing was written");
    }
    fs.renameSync(temporary, target);
  } finally {
    fs.closeSync(fd);
    fs.rmSync(temporary, { force: true });
  }
  durableFiles.syncDirectory(dirname(target));
}
