import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amongFigures,
  anyOf,
  inFileHash,
  inFraction,
  inHexDump,
  inHexRun,
  inIban,
  inPartNumber,
  inPath,
  inQuantity,
  inTableOfFigures,
  inTechnicalNumber,
  inTimestamp,
  inUuid,
  inVersion,
} from "./surroundings.ts";

// The finding stands where the asterisk is.
const CASES = [
  { standsIn: inHexRun, yes: ["d3c*0a", "sum 9f8e*", "*7d8d3c"], no: ["a *", "* bad", "Bad*", "id 1234*"] },
  {
    standsIn: inHexDump,
    yes: ["0000010: 3fa0 1c00 *", "* 7f45 4c46", "3a:0f:*"],
    no: ["12 34 *", "paid * at", "* be 12"],
  },
  {
    standsIn: inTableOfFigures,
    yes: ["*\n864 795 1370\n", "863 794 1369\n*", "1 2.5\r\n  *"],
    no: ["*\ncall 864", "call 863\n*", "863 *", "* 864\n12"],
  },
  {
    standsIn: inUuid,
    yes: ["00000000-0000-0000-*", "123e4567-*", "*-0000-000000000000", "*-426614174000"],
    no: ["DE89-3704-*", "*-1234", "ssn-*"],
  },
  {
    standsIn: inPath,
    yes: ["https://example.org/questions/*/title", "/var/log/*", "C:\\logs\\*", "./a/b/*.txt", "blob/*/src", "a/b/*"],
    no: ["https://example.org/?ssn=*", "DNI/*", "and/or *", "12/*", "card */*"],
  },
  { standsIn: inFraction, yes: ["0.*", "*.5", "3.14*", ".*", "*e-7"], no: ["No. *", "nr.*", "*. Next", "ends.*"] },
  {
    standsIn: inTimestamp,
    yes: ["2024-05-06T*", "07:08:09.*", "*T07:08:09Z"],
    no: ["2024-05-06 *", "07:08:09 *", "at 7 *", "* 12:30", "*:12:27", "*: 5", "ssn:*"],
  },
  {
    standsIn: inVersion,
    yes: ["v1.*", "pkg@*", ">=*", "version *", "*-rc.1", "*.el8"],
    no: ["rev. No *", "div*", "ssn=*"],
  },
  {
    standsIn: inFileHash,
    yes: ["sha256:ab*", '"integrity": "sha512-Ab+/*', "md5=*", "commit *", "sha1-*"],
    no: ["my hash brown cost *", "shape: *", "committed *"],
  },
  {
    standsIn: inQuantity,
    yes: ["size=*", "duration_ns=*", '"count": *', "* bytes", "*ms", "* rows"],
    no: ["id=*", "ssn: *", "* is", "* so", "*."],
  },
  { standsIn: inPartNumber, yes: ["KB-*", "tag-*", "CHE-*"], no: ["SSN-*", "Steuer-ID-*", "- *", "7-*", "KB *"] },
  {
    standsIn: inIban,
    yes: ["SE85 *", "NL91 ABNA *", "mt84-malt-0110-*", "IBANPL33 *"],
    no: ["SE *", "paid 12 *", "xSE85 *"],
  },
  { standsIn: amongFigures, yes: ["12 *", "* 7", "3   *"], no: ["is * ok", "3\t*", "12, *", "12\n*"] },
];

for (const { standsIn, yes, no } of CASES) {
  test(`${standsIn.name} is true of what it names and of nothing else`, () => {
    const says = (text: string) => standsIn(text.slice(0, text.indexOf("*")), text.slice(text.indexOf("*") + 1));
    for (const text of yes) assert.ok(says(text), text);
    for (const text of no) assert.ok(!says(text), text);
  });
}

test("a sentence, a form and a chat message are no technical surroundings", () => {
  for (const text of ["my number is *.", "SSN: *", "*", "(*)", '{"ssn": "*"}', "번호는 *입니다", "a,b,*,d"]) {
    assert.ok(!inTechnicalNumber(text.slice(0, text.indexOf("*")), text.slice(text.indexOf("*") + 1)), text);
  }
});

test("any of several surroundings is enough", () => {
  const either = anyOf(inUuid, inVersion);
  assert.ok(either("v", ""));
  assert.ok(either("123e4567-", ""));
  assert.ok(!either("", ""));
});
