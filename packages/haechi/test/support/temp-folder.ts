import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A folder of the test's own, removed when the test ends. */
export async function tempFolder(test: Pick<TestContext, "after">): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "haechi-test-"));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
