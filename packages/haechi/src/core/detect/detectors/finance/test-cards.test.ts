import assert from "node:assert/strict";
import { test } from "node:test";
import { detect } from "../../detect.ts";

// Numbers that payment processors publish for tests, by network.
const TEST_CARDS: Readonly<Record<string, string>> = {
  Visa: "4242424242424242 4000056655665556 4111111111111111 4012888888881881 4222222222222 4917610000000000003",
  Mastercard: "5555555555554444 5105105105105100 2223003122003222 2222400070000005 5425233430109903",
  "American Express": "378282246310005 371449635398431 370000000000002",
  "Diners Club": "30569309025904 3056930009020004 36227206271667 38520000023237",
  Discover: "6011111111111117 6011000990139424 6445644564456445",
  JCB: "3566002020360505 3530111333300000 3569990010095841",
  UnionPay: "6200000000000005 6205500000000000004 8171999900000000021",
  Maestro: "6759649826438453 6304000000000000 6799990100000000019 5018000000000009",
  local:
    "6062828888666688 5019555544445555 6703444444444449 9792030000000000 6331101999990016 5610591081018250 2200000000000004",
};

for (const [network, numbers] of Object.entries(TEST_CARDS)) {
  test(`finds the test numbers of ${network}`, () => {
    for (const number of numbers.split(" ")) {
      const inFours = number.replace(/(\d{4})(?=\d)/g, "$1 ");
      for (const text of [number, `charge ${number} now`, `charge ${inFours}, 12/27`]) {
        assert.deepEqual(
          detect(text).flatMap(({ type, value }) => (type === "card" ? value.replaceAll(" ", "") : [])),
          [number],
          text,
        );
      }
    }
  });
}
