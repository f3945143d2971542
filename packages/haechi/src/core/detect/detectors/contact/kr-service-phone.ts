import type { Detector } from "../../detector.ts";

// Korean nationwide service numbers (전국대표번호), 15xx, 16xx and 18xx. Ranges of
// years, pages and lines look alike but rise from left to right, and not far.
export const krServicePhone: Detector = {
  id: "kr-service-phone",
  entityType: "phone",
  confidence: 0.6,
  anchor: { kind: "digits", run: 4 },
  pattern:
    /(?<![\w.+-])1(?:5(?:22|33|44|66|77|88|99)|6(?:00|44|60|61|66|68|70|88)|8(?:00|11|33|55|77|99))-\d{4}(?![\w-])/,
  accepts: (match) => !isRange(Number(match.slice(0, 4)), Number(match.slice(5))),
  context: { rejects: (before) => /[)\d,] ?$|pp?\.? ?$|pages? $/.test(before), reach: 6 },
  samples: {
    finds: [
      { text: "1544-1234", why: "a service number" },
      { text: "고객센터 1588-9191로", match: "1588-9191", why: "inside a Korean sentence" },
    ],
    ignores: [
      { text: "1600-1700", why: "a range of years" },
      { text: "lines 1522-2231", why: "a range of lines" },
      { text: "Phys. Rev. B 61 (1961) 1855-0547", why: "pages" },
      { text: "1545-1234", why: "not a service prefix" },
      { text: "1544-1234-5678", why: "a piece of a longer number" },
    ],
  },
};

function isRange(from: number, to: number): boolean {
  return to > from && to - from < 1000;
}
