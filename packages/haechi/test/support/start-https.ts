import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import type { Authority } from "./certificates.ts";
import { type HaechiUnderTest, startHaechi } from "./start-haechi.ts";
import { tempFolder } from "./temp-folder.ts";
import { tlsFiles } from "./tls-files.ts";

export interface HttpsUnderTest extends HaechiUnderTest {
  /** PEM of the authority that clients have to trust. */
  readonly ca: string;
}

/**
 * Starts a gateway that serves https, as `startHaechi` does.
 * @param clients the authority whose certificates clients must show
 */
export async function startHttps(
  test: Pick<TestContext, "after">,
  upstreamUrl: string,
  overrides: ConfigInput = {},
  providers: Providers = {},
  clients?: Authority,
): Promise<HttpsUnderTest> {
  const folder = await tempFolder(test);
  const { tls: own, ca } = tlsFiles(folder);
  const clientCaFile = join(folder, "clients.pem");
  if (clients !== undefined) writeFileSync(clientCaFile, clients.cert);
  const tls = { ...own, ...(clients === undefined ? {} : { clientCaFile }) };
  const proxy = { tls, ...overrides.proxy };
  // At the end of a test nobody is waited for.
  const limits = { shutdownGraceMs: 0, ...overrides.limits };
  const haechi = await startHaechi(test, upstreamUrl, { ...overrides, proxy, limits }, providers);
  return { ...haechi, ca };
}
