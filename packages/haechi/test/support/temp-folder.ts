import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/**
 * A folder of the test's own, removed when the test ends.
 * @param close ends whatever still writes into it
 */
export async function tempFolder(
  test: Pick<TestContext, "after">,
  close: () => Promise<void> = async () => {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "haechi-test-"));
  // What a test has to do at its end is done in the order in which it was said.
  test.after(async () => {
    await close();
    // Processes that were killed may be a moment late to let go.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  });
  return folder;
}
