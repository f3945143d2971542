import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import type { SecureContext } from "node:tls";
import { HaechiError } from "../../core/errors.ts";

/** Files with which an upstream is known and we are known to it; all PEM. */
export interface UpstreamTlsFiles {
  /** Authorities to trust in place of those of the platform. */
  readonly caFile?: string | undefined;
  /** What we identify ourselves with. */
  readonly certFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/**
 * What the files say, ready for connections.
 * @param configPath where the files are named, for messages
 * @throws HaechiError CONFIG_INVALID for what cannot be read or used
 */
export function upstreamSecureContext(
  { caFile, certFile, keyFile }: UpstreamTlsFiles,
  configPath: string,
): SecureContext {
  const ca = read(caFile, `${configPath}.caFile`);
  const cert = read(certFile, `${configPath}.certFile`);
  const key = read(keyFile, `${configPath}.keyFile`);
  // A context takes text without a certificate for an empty list of authorities, and then trusts nobody.
  if (ca !== undefined && !holdsCertificate(ca)) throw unusable(`${configPath}.caFile`, "PEM certificates");
  try {
    // Loaded only where TLS is configured: the module costs start-up time.
    const { createSecureContext } = process.getBuiltinModule("node:tls");
    // RFC 8996 retires what came before TLS 1.2.
    return createSecureContext({ ca, cert, key, minVersion: "TLSv1.2" });
  } catch {
    throw unusable(`${configPath}.keyFile`, "an unencrypted PEM key that belongs to certFile");
  }
}

/** The files that there are. */
export function pathsOf({ caFile, certFile, keyFile }: UpstreamTlsFiles): readonly string[] {
  return [caFile, certFile, keyFile].filter((path) => path !== undefined);
}

function read(path: string | undefined, configPath: string): Buffer | undefined {
  if (path === undefined) return undefined;
  try {
    return fs.readFileSync(path);
  } catch {
    throw unusable(configPath, "a file that can be read");
  }
}

function holdsCertificate(pem: Buffer): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}

function unusable(configPath: string, expected: string): HaechiError {
  return new HaechiError("CONFIG_INVALID", `${configPath}: expected ${expected}`);
}
