import assert from "node:assert/strict";
import { test } from "node:test";
import { isHostAddress, isPublicAddress } from "./public-address.ts";

test("addresses of the Internet are public, those of documentation too", () => {
  for (const text of ["8.8.8.8", "203.0.113.5", "172.15.0.1", "2001:db8::1", "2606:4700::1111", "::ffff:8.8.8.8"]) {
    assert.ok(isPublicAddress(text), text);
  }
});

test("private, local, shared and reserved addresses are not public", () => {
  for (const text of [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.1.1",
    "255.255.255.0",
    "0.0.0.0",
  ]) {
    assert.ok(!isPublicAddress(text), text);
  }
  for (const text of ["::", "::1", "fe80::1", "fd00::1", "ff02::1", "1.2.3", "1.2.3.256", "2001:db8"]) {
    assert.ok(!isPublicAddress(text), text);
  }
});

test("a host of a private network is a host, loopback and masks are none", () => {
  for (const text of ["10.1.2.3", "192.168.1.1", "fe80::1", "fd00::1"]) assert.ok(isHostAddress(text), text);
  for (const text of ["127.0.0.1", "255.255.255.0", "0.0.0.0", "::1", "::", "ff02::1"]) {
    assert.ok(!isHostAddress(text), text);
  }
});
