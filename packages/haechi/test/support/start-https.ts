import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { type Authority, createAuthority } from "./certificates.ts";
import { type HaechiUnderTest, startHaechi } from "./start-haechi.ts";
import { tempFolder } from "./temp-folder.ts";

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
  const servers = createAuthority("servers");
  const file = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const { key, cert } = servers.issue();
  const tls = {
    keyFile: file("key.pem", key),
    certFile: file("cert.pem", cert),
    ...(clients === undefined ? {} : { clientCaFile: file("clients.pem", clients.cert) }),
  };
  const proxy = { tls, ...overrides.proxy };
  // At the end of a test nobody is waited for: a connection of HTTP/2 with a client of Node takes half a second to be told.
  const limits = { shutdownGraceMs: 0, ...overrides.limits };
  const haechi = await startHaechi(test, upstreamUrl, { ...overrides, proxy, limits }, providers);
  return { ...haechi, ca: servers.cert };
}
