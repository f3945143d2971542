import type { Detector } from "../../detector.ts";

const NAMES = [
  ...["seed", "recovery", "secret", "backup"].flatMap((what) =>
    ["", " ", "_"].flatMap((joint) => [`${what}${joint}phrase`, `${what}${joint}words`]),
  ),
  ..."mnemonic,wallet seed,wallet phrase,니모닉,복구 구문,복구 문구,시드 구문,시드 문구,助记词,ニーモニック".split(","),
  ..."リカバリーフレーズ,frase semilla,phrase de récupération".split(","),
];

// The recovery phrase of a wallet (BIP 39): 12, 15, 18, 21 or 24 words of three to eight
// letters. Ordinary prose has longer and shorter words among so many.
export const seedPhrase: Detector = {
  id: "seed-phrase",
  entityType: "secret",
  confidence: 0.9,
  anchor: {
    kind: "keyed",
    names: NAMES,
    reach: 60,
    memberValue: /[a-z]{3,8}(?: [a-z]{3,8}){11,23}/,
  },
  pattern: new RegExp(
    `(?:${NAMES.join("|")})` +
      "(?:[ _][a-z]{1,10})?(?:은|는|は)?[ :=\"'`(-]{1,4}(?:\\r?\\n[ \\t>]{0,4}|is |ist |es |est )?[\"'`]?" +
      "(?<value>[a-z]{3,8}(?:[ ,]{1,2}[a-z]{3,8}){11,23})(?![A-Za-z])",
    "i",
  ),
  accepts: (match) => match.split(/[ ,]+/).length % 3 === 0 && !PROSE.test(match),
  samples: {
    finds: [
      {
        text: `my seed phrase is ${"witch collapse practice feed shame open "}${"despair creek road again ice least"}`,
        match: `${"witch collapse practice feed shame open "}${"despair creek road again ice least"}`,
        why: "a sentence",
      },
      {
        text: `mnemonic: "${"army van defense carry jealous true "}${"garbage claim echo media make crunch"}"`,
        match: `${"army van defense carry jealous true "}${"garbage claim echo media make crunch"}`,
        why: "an assignment",
      },
    ],
    ignores: [
      { text: "The mnemonic: always keep the words and the order they have had since that day", why: "prose" },
      { text: "seed phrase: witch collapse practice", why: "too few words" },
    ],
  },
};

/** Words that prose has and BIP 39 has not. */
const PROSE = /\b(?:the|and|for|are|was|has|had|with|from|your|not|but|which|were|been|their|its|our)\b/i;
