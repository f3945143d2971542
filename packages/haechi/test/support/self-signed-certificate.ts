import { generateKeyPairSync, sign } from "node:crypto";
import { der, sequence } from "./der.ts";

/** A fresh key with a certificate of its own for localhost and 127.0.0.1 (RFC 5280), both as PEM. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const toBeSigned = sequence(
    der(0xa0, der(0x02, [2])), // version 3
    der(0x02, [1]),
    ecdsaWithSha256,
    localhost,
    sequence(der(0x17, "200101000000Z"), der(0x17, "490101000000Z")),
    localhost,
    publicKey.export({ type: "spki", format: "der" }),
    der(
      0xa3,
      sequence(sequence(subjectAltName, der(0x04, sequence(der(0x82, "localhost"), der(0x87, [127, 0, 0, 1]))))),
    ),
  );
  const signature = der(0x03, [0], sign("sha256", toBeSigned, privateKey));
  const certificate = sequence(toBeSigned, ecdsaWithSha256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

const ecdsaWithSha256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const subjectAltName = der(0x06, [0x55, 0x1d, 0x11]);
const commonName = der(0x06, [0x55, 0x04, 0x03]);
const localhost = sequence(der(0x31, sequence(commonName, der(0x0c, "localhost"))));
