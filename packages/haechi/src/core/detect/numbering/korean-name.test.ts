import assert from "node:assert/strict";
import { test } from "node:test";
import { hasGivenNameSyllables, isLikelyKoreanName, KOREAN_NAME } from "./korean-name.ts";

const whole = new RegExp(`^${KOREAN_NAME}$`);

test("common names begin with a surname and have usual syllables", () => {
  for (const name of ["홍길동", "김민수", "이서연", "박지훈", "정하준"]) {
    assert.match(name, whole);
    assert.ok(isLikelyKoreanName(name) && hasGivenNameSyllables(name), name);
  }
});

test("nouns that begin like a surname are no names", () => {
  for (const noun of ["이용자", "고객님", "선생님", "주문자", "이미지", "정보"]) {
    assert.ok(!isLikelyKoreanName(noun) || !hasGivenNameSyllables(noun), noun);
  }
});
