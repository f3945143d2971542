import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ConfigProblem, configInvalid } from "./problem.ts";
import type { TlsPaths } from "./sections/proxy-tls.ts";

/** What `node:https` needs to serve; hand it over and keep no copy. */
export type TlsMaterial = (
  | { readonly key: Buffer; readonly cert: Buffer }
  | { readonly pfx: Buffer; readonly passphrase?: string }
) & {
  /** Authorities whose certificates clients must show. */
  readonly ca?: Buffer;
};

export type ReadFile = (path: string) => Buffer;

/**
 * The TLS material behind `proxy.tls`, known to be usable together.
 * @throws HaechiError CONFIG_INVALID naming each key whose file cannot be read, or whose content cannot be used
 */
export function loadTlsMaterial(paths: TlsPaths, readFile: ReadFile = readFileSync): TlsMaterial {
  const problems: ConfigProblem[] = [];
  const read = (key: string, path: string): Buffer => {
    try {
      return readFile(path);
    } catch {
      problems.push({ path: `proxy.tls.${key}`, message: "expected a file that can be read" });
      return Buffer.alloc(0);
    }
  };

  const material: TlsMaterial = {
    ...("pfxFile" in paths
      ? {
          pfx: read("pfxFile", paths.pfxFile),
          ...(paths.passphrase === undefined ? {} : { passphrase: paths.passphrase.reveal() }),
        }
      : { key: read("keyFile", paths.keyFile), cert: read("certFile", paths.certFile) }),
    ...(paths.clientCaFile === undefined ? {} : { ca: read("clientCaFile", paths.clientCaFile) }),
  };

  // A context takes text without a certificate for an empty list of authorities, and then trusts nobody.
  if (problems.length === 0 && material.ca !== undefined && !holdsCertificate(material.ca)) {
    problems.push({ path: "proxy.tls.clientCaFile", message: "expected PEM certificates" });
  }
  if (problems.length === 0 && !isUsable(material)) problems.push(unusable(material));
  if (problems.length > 0) throw configInvalid("proxy.tls", problems);
  return material;
}

/** The files behind `proxy.tls`. */
export function tlsFilesOf(paths: TlsPaths): readonly string[] {
  const own = "pfxFile" in paths ? [paths.pfxFile] : [paths.keyFile, paths.certFile];
  return paths.clientCaFile === undefined ? own : [...own, paths.clientCaFile];
}

function isUsable(material: TlsMaterial): boolean {
  // Loaded only where TLS is configured: the module costs start-up time.
  const { createSecureContext } = process.getBuiltinModule("node:tls");
  try {
    createSecureContext(material);
    return hasContent(material);
  } catch {
    return false;
  }
}

/** A context is made of empty files too; it then has nothing to serve. */
function hasContent(material: TlsMaterial): boolean {
  return "pfx" in material ? material.pfx.length > 0 : material.key.length > 0 && material.cert.length > 0;
}

function unusable(material: TlsMaterial): ConfigProblem {
  return "pfx" in material
    ? { path: "proxy.tls.pfxFile", message: "expected a PKCS #12 file that opens with the pass phrase" }
    : { path: "proxy.tls.keyFile", message: "expected an unencrypted PEM key that belongs to certFile" };
}

function holdsCertificate(pem: Buffer): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
