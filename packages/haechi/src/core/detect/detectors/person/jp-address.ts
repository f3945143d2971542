import type { Detector } from "../../detector.ts";

const NUMBER = "[\\d一二三四五六七八九十]{1,4}";

const PREFECTURES = [
  ..."東京都 北海道 京都府 大阪府 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 神奈川県".split(
    " ",
  ),
  ..."新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 兵庫県 奈良県 和歌山県 鳥取県".split(
    " ",
  ),
  ..."島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県".split(
    " ",
  ),
];

// Japanese addresses from the prefecture down to a number.
export const jpAddress: Detector = {
  id: "jp-address",
  entityType: "address",
  confidence: 0.8,
  anchor: { kind: "literal", literals: PREFECTURES },
  pattern: new RegExp(
    `(?:${PREFECTURES.join("|")})[\\u3041-\\u30ff\\u4e00-\\u9fff]{2,24}${NUMBER}(?:丁目|番地|番|[-−]\\d)(?:[-−]?\\d{1,4}(?:番地|番|号)?){0,3}`,
  ),
  samples: {
    finds: [
      { text: "東京都千代田区丸の内1-2-3", why: "Tokyo" },
      { text: "住所：大阪府大阪市北区梅田三丁目1番3号", match: "大阪府大阪市北区梅田三丁目1番3号", why: "in words" },
    ],
    ignores: [{ text: "東京都の人口は1400万人", why: "no address" }],
  },
};
