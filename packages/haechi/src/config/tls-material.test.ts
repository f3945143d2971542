import assert from "node:assert/strict";
import { test } from "node:test";
import { selfSignedCertificate } from "../../test/support/self-signed-certificate.ts";
import { isHaechiError } from "../core/errors.ts";
import { configProblems } from "./problem.ts";
import { Secret } from "./secret.ts";
import { loadTlsMaterial } from "./tls-material.ts";

const one = selfSignedCertificate();
const other = selfSignedCertificate();

test("reads a key and the certificate that belongs to it", () => {
  const material = loadTlsMaterial({ keyFile: "k", certFile: "c" }, files({ k: one.key, c: one.cert }));
  assert.deepEqual(material, { key: Buffer.from(one.key), cert: Buffer.from(one.cert) });
});

test("names every file that cannot be read", () => {
  assert.deepEqual(refusedKeys({ keyFile: "k", certFile: "c" }, {}), ["proxy.tls.keyFile", "proxy.tls.certFile"]);
  assert.deepEqual(refusedKeys({ pfxFile: "p" }, {}), ["proxy.tls.pfxFile"]);
});

test("refuses a key that belongs to another certificate", () => {
  assert.deepEqual(refusedKeys({ keyFile: "k", certFile: "c" }, { k: other.key, c: one.cert }), ["proxy.tls.keyFile"]);
});

test("refuses files that hold something else, or nothing", () => {
  assert.deepEqual(refusedKeys({ keyFile: "k", certFile: "c" }, { k: "hello", c: "there" }), ["proxy.tls.keyFile"]);
  assert.deepEqual(refusedKeys({ keyFile: "k", certFile: "c" }, { k: "", c: "" }), ["proxy.tls.keyFile"]);
  const passphrase = new Secret("open sesame");
  assert.deepEqual(refusedKeys({ pfxFile: "p", passphrase }, { p: "hello" }), ["proxy.tls.pfxFile"]);
  assert.deepEqual(refusedKeys({ pfxFile: "p" }, { p: "" }), ["proxy.tls.pfxFile"]);
});

test("refuses authorities of clients that are none, and reads those that are", () => {
  const paths = { keyFile: "k", certFile: "c", clientCaFile: "ca" };
  const own = { k: one.key, c: one.cert };
  for (const ca of ["", "hello", one.key]) {
    assert.deepEqual(refusedKeys(paths, { ...own, ca }), ["proxy.tls.clientCaFile"]);
  }
  assert.deepEqual(refusedKeys(paths, own), ["proxy.tls.clientCaFile"]);
  assert.deepEqual(loadTlsMaterial(paths, files({ ...own, ca: other.cert })).ca, Buffer.from(other.cert));
});

function refusedKeys(paths: Parameters<typeof loadTlsMaterial>[0], content: Readonly<Record<string, string>>) {
  try {
    loadTlsMaterial(paths, files(content));
  } catch (error) {
    assert.ok(isHaechiError(error, "CONFIG_INVALID"));
    return configProblems(error).map(({ path }) => path);
  }
  return [];
}

function files(content: Readonly<Record<string, string>>) {
  return (path: string) => {
    const text = content[path];
    if (text === undefined) throw new Error("absent");
    return Buffer.from(text);
  };
}
