import type { Detector } from "../../detector.ts";

const NUMBER = "[\\d一二三四五六七八九十]{1,4}";

// Japanese addresses from the prefecture down to a number.
export const jpAddress: Detector = {
  id: "jp-address",
  entityType: "address",
  confidence: 0.8,
  anchor: { kind: "literal", literals: ["東京都", "北海道", "京都府", "大阪府", "県"], lead: 3 },
  pattern: new RegExp(
    `(?:東京都|北海道|京都府|大阪府|[\\u4e00-\\u9fff]{2,3}県)[\\u3041-\\u30ff\\u4e00-\\u9fff]{2,24}${NUMBER}(?:丁目|番地|番|[-−]\\d)(?:[-−]?\\d{1,4}(?:番地|番|号)?){0,3}`,
  ),
  samples: {
    finds: [
      { text: "東京都千代田区丸の内1-2-3", why: "Tokyo" },
      { text: "住所：大阪府大阪市北区梅田三丁目1番3号", match: "大阪府大阪市北区梅田三丁目1番3号", why: "in words" },
    ],
    ignores: [{ text: "東京都の人口は1400万人", why: "no address" }],
  },
};
