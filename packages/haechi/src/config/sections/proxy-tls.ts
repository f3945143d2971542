import * as z from "zod/mini";
import { key, keysOf } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import { Secret } from "../secret.ts";
import { filePath } from "../value-kinds.ts";

/** Where TLS material lies. The bytes are read where they are used and are never part of the configuration. */
export type TlsPaths = (
  | { readonly keyFile: string; readonly certFile: string }
  | { readonly pfxFile: string; readonly passphrase?: Secret | undefined }
) & { readonly clientCaFile?: string | undefined };

const passphraseExpected = "expected a string";

const tlsKeys = keysOf(
  {
    keyFile: key("PEM file with the private key; needs `certFile`.", filePath),
    certFile: key("PEM file with the certificate chain; needs `keyFile`.", filePath),
    pfxFile: key("PKCS #12 file with key and certificates, in place of the PEM pair.", filePath),
    passphrase: key(
      "Pass phrase of `pfxFile`. It is never printed.",
      z.pipe(
        z.union([z.string(), z.instanceof(Secret)], { error: passphraseExpected }),
        z.transform((given) => (given instanceof Secret ? given : new Secret(given))),
      ),
    ),
    clientCaFile: key(
      "PEM file with authorities. Clients must then show a certificate that one of them has issued; only `/__haechi/` is answered without.",
      filePath,
    ),
  },
  "expected null or an object",
).check(
  z.meta({
    oneOf: [
      { required: ["keyFile", "certFile"], properties: { pfxFile: false, passphrase: false } },
      { required: ["pfxFile"], properties: { keyFile: false, certFile: false } },
    ],
  }),
);

/** @internal */
export const tls = z.nullable(
  z.pipe(
    tlsKeys,
    // tlsProblems refuses every other combination before a configuration is handed out.
    z.transform((given) => given as TlsPaths),
  ),
);

/** Which keys of `proxy.tls` must stand together and which must not. */
export function tlsProblems({ proxy }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(proxy) || !isRecord(proxy.tls)) return [];
  const { keyFile, certFile, pfxFile, passphrase } = proxy.tls;
  const problems: ConfigProblem[] = [];
  const refuse = (name: string, message: string) => problems.push({ path: `proxy.tls.${name}`, message });

  if (pfxFile !== undefined && (keyFile !== undefined || certFile !== undefined)) {
    refuse("pfxFile", "expected either pfxFile or keyFile with certFile, not both");
  } else if (pfxFile === undefined) {
    if (keyFile === undefined) refuse("keyFile", "expected a file path: keyFile and certFile belong together");
    if (certFile === undefined) refuse("certFile", "expected a file path: keyFile and certFile belong together");
    if (passphrase !== undefined) refuse("passphrase", "expected only beside pfxFile");
  }
  return problems;
}
