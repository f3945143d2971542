import type { Detector } from "../../detector.ts";

// Who holds a signed address of a store may read or write what it names until it expires.
// The signature is what cannot be known otherwise: of AWS (versions 2 and 4, CloudFront)
// and of Google Cloud Storage.
const BASE64_IN_ADDRESS = "(?:[A-Za-z\\d+/_~-]|%2[BbFf]){24,400}(?:=|%3[Dd]|_){0,2}";
const NAMED = `X-(?:Amz|Goog)-Signature(?:=|%3[Dd])(?<value>[\\da-fA-F]{64,1024})(?![\\w%])`;
const WITH_KEY = `(?:AWSAccessKeyId|GoogleAccessId|Key-Pair-Id)=[^\\s&"'<>]{4,200}&(?:[A-Za-z-]{1,40}=[^\\s&"'<>]{0,600}&){0,4}Signature=(?<value>${BASE64_IN_ADDRESS})(?![\\w%+/=])`;
const BEFORE_KEY = `(?<![A-Za-z-])Signature=(?<value>${BASE64_IN_ADDRESS})&(?:[A-Za-z-]{1,40}=[^\\s&"'<>]{0,400}&){0,3}(?:AWSAccessKeyId|GoogleAccessId|Key-Pair-Id)=`;

export const signedUrlSignature: Detector = {
  id: "signed-url-signature",
  entityType: "secret",
  confidence: 0.85,
  anchor: { kind: "literal", literals: ["Signature"] },
  pattern: new RegExp(`(?:${NAMED}|${WITH_KEY}|${BEFORE_KEY})`),
  accepts: (match) => /\d/.test(match) && !/(.)\1{7}/.test(match),
  samples: {
    finds: [
      {
        text: `https://b.s3.amazonaws.com/k?X-Amz-Expires=3600&X-Amz-Signature=${"9f8a7b6c".repeat(8)}`,
        match: "9f8a7b6c".repeat(8),
        why: "version 4 of AWS",
      },
      {
        text: `https://b.s3.amazonaws.com/k?AWSAccessKeyId=X&Expires=1735689600&Signature=${"aB3d".repeat(6)}aB%3D`.replace(
          "=X&",
          "=AKIX&",
        ),
        match: `${"aB3d".repeat(6)}aB%3D`,
        why: "version 2 of AWS",
      },
      {
        text: `https://d1.cloudfront.net/a.jpg?Expires=1735689600&Signature=${"aB3d".repeat(20)}__&Key-Pair-Id=K2AB3D`,
        match: `${"aB3d".repeat(20)}__`,
        why: "CloudFront",
      },
    ],
    ignores: [
      { text: "X-Amz-Signature=<signature>", why: "a blank to fill in" },
      { text: "X-Amz-Signature=9f8a7b6c", why: "too short" },
      { text: `Signature=${"aB3d".repeat(20)}`, why: "nothing says of what" },
    ],
  },
};
