import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detect } from "../../../detect.ts";
import { compileDetectors } from "../../../rules/compile.ts";
import { namesAnotherThing } from "./another-thing.ts";
import { looksLikeKey, looksRandom, looksRandomThroughout } from "./randomness.ts";
import { parseForm } from "./token-form.ts";
import { sampleOf } from "./token-samples.ts";
import { vendorDetectors } from "./vendor-detectors.ts";
import { token } from "./vendor-token.ts";

const AROUND_A_TOKEN = [
  ['"', '"'],
  ["'", "'"],
  ["`", "`"],
  ['\\"', '\\"'],
  ["KEY=", ""],
  ["key: ", "\n"],
  ["(", ")"],
  ["[", "]"],
  ["<k>", "</k>"],
  ["**", "**"],
  ["it is ", ". Then"],
  ["?key=", "&x=1"],
  ["key%3D", "&y"],
  ["line\\n", "\\nline"],
  ["키는 ", "입니다"],
] as const;

describe("a token of a vendor", () => {
  it("is found whatever stands around it", () => {
    for (const detector of vendorDetectors.filter(({ anchor }) => anchor.kind !== "keyed")) {
      const detectors = compileDetectors([detector]);
      for (const { text, match = text } of detector.samples.finds)
        for (const [before, after] of AROUND_A_TOKEN) {
          const found = detect(`${before}${match}${after}`, { detectors }).map(({ value }) => value);
          assert.deepEqual(found, [match], `${detector.id} in ${before}…${after}`);
        }
    }
  });

  it("is no part of a longer word", () => {
    const detectors = compileDetectors([token({ id: "sample", form: "smp_{base62:20}" })]);
    const body = sampleOf(parseForm("smp_{base62:20}"), "min");
    for (const text of [`x${body}`, `x_${body}`, `n${body}`, `3D${body}`, `${body}x`, `${body}_`])
      assert.deepEqual(detect(text, { detectors }), [], text);
  });

  it("is known by the name of its vendor, in the ways in which it is assigned", () => {
    const detectors = compileDetectors([token({ id: "sample", form: "{hex:32}", near: ["acme mail"] })]);
    const value = sampleOf(parseForm("{hex:32}"), "min");
    for (const write of [
      `acmeMailToken = "${value}"`,
      `"acme_mail": "${value}"`,
      `{\\"acme-mail-key\\":\\"${value}\\"}`,
      `ACME_MAIL_API_KEY=${value}`,
      `<acmeMailKey>${value}</acmeMailKey>`,
      `My Acme Mail API key is ${value}.`,
      `var acmeMail string = \`${value}\``,
      `--acme-mail-token ${value}`,
      `acmeMail => '${value}'`,
    ])
      assert.deepEqual(
        detect(write, { detectors }).map((found) => found.value),
        [value],
        write,
      );
    for (const write of [
      `acme-mail_1.0.tar.gz sha256 = ${value}`,
      `acme mail commit: ${value}`,
      `https://acmemail.example/x/${value}`,
      `acme mail\nkey = ${value}`,
      `macmemail_key = ${value}`,
      `acme mail key = ${"0".repeat(32)}`,
    ])
      assert.deepEqual(detect(write, { detectors }), [], write);
  });
});

describe("randomness", () => {
  it("tells a key from names, words and versions", () => {
    for (const key of ["aB3dE6gH9kLm2", "4f9a7c21d08b3e65f17a", "q7w2e9r4t1y6u3i8o5p0"])
      assert.ok(looksRandom(key), key);
    for (const name of [
      "X509_NAME_ENTRY_set_cmp_func",
      "base64EncodeWithPadding2",
      "service-7d9f8b6c5d-x2v4q",
      "python3-virtualenv-20-24",
    ])
      assert.ok(!looksRandom(name), name);
    assert.ok(looksRandomThroughout("550e8400-e29b-41d4-a716-446655440000"));
  });

  it("tells a key of no known form from words, versions and numbers", () => {
    for (const key of [
      "550e8400-e29b-41d4-a716-446655440000",
      "4f9a7c21d08b3e65f17a",
      "k3Jq9ZxV7bNw2RtY8mLp",
      "6628025298:AJAb7pagYfXx0nVLVMBb",
    ])
      assert.ok(looksLikeKey(key), key);
    for (const other of [
      "staging-eu-west-1-cluster",
      "2024-05-06T12:13:14.123",
      "OpenAILiveWebRTC",
      "00000000000000000000",
    ])
      assert.ok(!looksLikeKey(other), other);
  });
});

describe("what stands before a value", () => {
  it("says when it is no key", () => {
    for (const before of [
      "acme_commit = ",
      '{"name":"acme","id":"',
      "acme_project_id: ",
      "FROM acme/app:",
      "acme public key: ",
    ])
      assert.ok(namesAnotherThing(before), before);
    for (const before of ["acme_client_id = ", "acme = ", "ACME_KEY=", "acme_token_id: "])
      assert.ok(!namesAnotherThing(before), before);
  });
});
