import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createAuthority } from "./certificates.ts";

/** Key and certificate of a server in files, as a configuration names them, and who vouches for them. */
export function tlsFiles(folder: string): {
  readonly tls: { readonly keyFile: string; readonly certFile: string };
  readonly ca: string;
} {
  const authority = createAuthority("servers");
  const { key, cert } = authority.issue();
  const tls = { keyFile: join(folder, "key.pem"), certFile: join(folder, "cert.pem") };
  writeFileSync(tls.keyFile, key);
  writeFileSync(tls.certFile, cert);
  return { tls, ca: authority.cert };
}
