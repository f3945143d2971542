import type { Detector } from "../../detector.ts";

const PROVINCE =
  "(?:서울|부산|대구|인천|광주|대전|울산|세종)(?:특별자치시|특별시|광역시|시)?|(?:경기|강원|제주|전북)(?:특별자치도|도)?|(?:충청|전라|경상)[남북]도|[충전경][남북]";
const DISTRICT = "(?: ?[가-힣]{1,4}[시군구]){1,2}";
const ROAD = "(?: [가-힣]{1,4}[읍면])? [가-힣\\d]{1,12}(?:로|길)(?:\\d{1,4}(?:번|가|나)?길)? ?\\d{1,4}(?:-\\d{1,4})?";
const LOT = "(?: [가-힣]{1,4}[읍면])? [가-힣\\d]{1,6}[동리가] (?:산 ?)?\\d{1,5}(?:-\\d{1,4})?(?:번지)?";
const DETAIL = "(?:,? {0,2}(?:[가-힣A-Za-z\\d]{2,16} )?(?:\\d{1,4}동 ?)?\\d{1,4}[층호])?";

// Korean addresses by road (도로명주소법) or by lot, with the province or city before.
export const krAddress: Detector = {
  id: "kr-address",
  entityType: "address",
  confidence: 0.85,
  anchor: {
    kind: "literal",
    literals:
      "서울,부산,대구,인천,광주,대전,울산,세종,경기,강원,제주,전북,충청,전라,경상,충남,충북,전남,경북,경남".split(","),
  },
  pattern: new RegExp(`(?<![가-힣\\w])(?:${PROVINCE})${DISTRICT}(?:${ROAD}|${LOT})${DETAIL}(?!\\w)`),
  samples: {
    finds: [
      { text: "서울특별시 강남구 테헤란로 123", why: "a road" },
      { text: "경기도 성남시 분당구 판교역로 235, 101동 1203호", why: "a city, a district and a flat" },
      { text: "서울 마포구 월드컵북로 396에", match: "서울 마포구 월드컵북로 396", why: "a particle behind it" },
      { text: "부산 해운대구 우동 1408번지", why: "a lot" },
      { text: "대전광역시 유성구 대학로99번길 12-3", why: "a side road" },
    ],
    ignores: [
      { text: "서울 강남구에 산다", why: "a district" },
      { text: "경기 시작 10분 전", why: "a match" },
    ],
  },
};
