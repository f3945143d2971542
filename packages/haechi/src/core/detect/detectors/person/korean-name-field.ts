import type { Detector } from "../../detector.ts";
import { isLikelyKoreanName, KOREAN_NAME } from "../../numbering/korean-name.ts";
import { LABEL_JOINT, LABEL_JOINT_LENGTH } from "../../surroundings/label-joint.ts";

const NAMES =
  "제 이름,저는,이름,성명,성함,고객명,환자명,예금주,담당자,담당자명,신청인,신청자,수령인,수취인,받는사람,받는 사람,보내는사람,보내는 사람,주문자,구매자,회원명,직원명,사원명,학생명,보호자,대표자,가입자,피보험자,계약자,명의자,입금자,입금자명".split(
    ",",
  );

// A Korean name right behind what calls it one.
export const koreanNameField: Detector = {
  id: "korean-name-field",
  entityType: "person_name",
  confidence: 0.75,
  anchor: { kind: "keyed", names: NAMES, reach: LABEL_JOINT_LENGTH, memberValue: new RegExp(KOREAN_NAME) },
  pattern: new RegExp(
    `(?:${NAMES.join("|")})(?:${LABEL_JOINT}|(?<=제 이름)은 |(?<=저는) )(?<value>${KOREAN_NAME})(?:(?![가-힣])|님|씨|입니다|이고|이며|이에요|예요|라고)`,
  ),
  accepts: isLikelyKoreanName,
  samples: {
    finds: [
      { text: "이름: 홍길동", match: "홍길동", why: "a label" },
      { text: "제 이름은 김철수입니다", match: "김철수", why: "a sentence" },
      { text: '"성명":"이영희"', match: "이영희", why: "a member of JSON in a text" },
      { text: "예금주: 남궁민수", match: "남궁민수", why: "a surname of two syllables" },
    ],
    ignores: [
      { text: "이름: 고객", why: "a noun" },
      { text: "파일 이름: 보고서", why: "no surname" },
      { text: "이름은 문자열이다", why: "a description" },
    ],
  },
};
