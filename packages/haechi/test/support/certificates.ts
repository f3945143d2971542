import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { der, sequence } from "./der.ts";

/** A certificate with its key, both as PEM. */
export interface Certified {
  readonly key: string;
  readonly cert: string;
}

export interface Wanted {
  readonly names?: readonly string[];
  readonly addresses?: readonly (readonly [number, number, number, number])[];
  /** UTCTime, `YYMMDDhhmmssZ`. */
  readonly notAfter?: string;
}

/** An authority of its own making, and the certificates it gives out (RFC 5280), for servers and clients alike. */
export interface Authority {
  /** PEM, for whoever is to trust it. */
  readonly cert: string;
  issue(wanted?: Wanted): Certified;
}

export function createAuthority(commonName = "test authority"): Authority {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = nameOf(commonName);
  const isAuthority = extension([0x55, 0x1d, 0x13], sequence(der(0x01, [0xff])));
  const cert = certificate({ subject: issuer, issuer, publicKey, signingKey: privateKey, extensions: [isAuthority] });
  return {
    cert,
    issue({ names = ["localhost"], addresses = [[127, 0, 0, 1]], notAfter } = {}) {
      const subjectKeys = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const alternatives = [...names.map((name) => der(0x82, name)), ...addresses.map((one) => der(0x87, one))];
      return {
        key: subjectKeys.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        cert: certificate({
          subject: nameOf("test subject"),
          issuer,
          publicKey: subjectKeys.publicKey,
          signingKey: privateKey,
          extensions: [extension([0x55, 0x1d, 0x11], sequence(...alternatives))],
          ...(notAfter === undefined ? {} : { notAfter }),
        }),
      };
    },
  };
}

interface Contents {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Buffer[];
  readonly notAfter?: string;
}

let serial = 0;

function certificate({ subject, issuer, publicKey, signingKey, extensions, notAfter = "490101000000Z" }: Contents) {
  serial += 1;
  const toBeSigned = sequence(
    der(0xa0, der(0x02, [2])), // version 3
    der(0x02, [serial]),
    ecdsaWithSha256,
    issuer,
    sequence(der(0x17, "200101000000Z"), der(0x17, notAfter)),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, [0], sign("sha256", toBeSigned, signingKey));
  const encoded = sequence(toBeSigned, ecdsaWithSha256, signature).toString("base64");
  return `-----BEGIN CERTIFICATE-----\n${encoded.match(/.{1,64}/g)!.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const ecdsaWithSha256 = sequence(der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(der(0x06, [0x55, 0x04, 0x03]), der(0x0c, commonName))));
}

function extension(identifier: readonly number[], value: Buffer): Buffer {
  return sequence(der(0x06, identifier), der(0x04, value));
}
