import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import { HaechiError } from "../../core/errors.ts";

/** Where the certificate and its key are, or they themselves. */
export type TlsSource =
  | { readonly keyFile: string; readonly certFile: string }
  | { readonly pfxFile: string; readonly passphrase?: string | undefined }
  | TlsMaterial;

/** Key and certificate as the TLS library takes them. It goes from here to the server and nowhere else. */
export type TlsMaterial =
  | { readonly key: string | Buffer; readonly cert: string | Buffer }
  | { readonly pfx: string | Buffer; readonly passphrase?: string | undefined };

/**
 * The TLS material of a source, proved usable.
 * @throws HaechiError CONFIG_INVALID; its message never quotes a path or what was read
 */
export function readTlsMaterial(source: TlsSource): TlsMaterial {
  const material = load(source);
  try {
    createSecureContext(material);
  } catch {
    throw new HaechiError("CONFIG_INVALID", "proxy.tls holds no usable key and certificate");
  }
  return material;
}

function load(source: TlsSource): TlsMaterial {
  if ("keyFile" in source) {
    return { key: read("proxy.tls.keyFile", source.keyFile), cert: read("proxy.tls.certFile", source.certFile) };
  }
  if ("pfxFile" in source) return { pfx: read("proxy.tls.pfxFile", source.pfxFile), passphrase: source.passphrase };
  return source;
}

function read(setting: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new HaechiError("CONFIG_INVALID", `${setting} cannot be read`);
  }
}
