import type { Detector } from "../../detector.ts";

// Korean fixed lines by area code, 070 internet telephony, 050x personal numbers
// and 080 toll-free. Only with separators: the bare run is any number.
export const krLandlinePhone: Detector = {
  id: "kr-landline",
  entityType: "phone",
  confidence: 0.75,
  anchor: { kind: "digits", run: 3, lead: 5 },
  pattern:
    /(?:(?<![\w.+-])|(?<!\d)\.)(?<value>(?:0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50[2-8])(?:-\d{3,4}-|\.\d{3,4}\.)|\(?0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|80|50[2-8])\) ?\d{3,4}[- .])\d{4})(?![\w-])/,
  samples: {
    finds: [
      { text: "02-544-2064", why: "Seoul" },
      { text: "031-4539-0525", why: "Gyeonggi" },
      { text: "(02) 3456-7890", why: "the area code in parentheses" },
      { text: "02)544-2064", why: "the usual half parenthesis" },
      { text: "070-1234-5678", why: "internet telephony" },
      { text: "0505-123-4567", why: "a personal number" },
      { text: "TEL.02-544-2064", match: "02-544-2064", why: "a dot after the label" },
    ],
    ignores: [
      { text: "2024-02-544-2064", why: "the tail of a longer number" },
      { text: "02 544 2064", why: "columns of figures" },
      { text: "0.02.544.2064", why: "a version" },
      { text: "071-1234-5678", why: "no such area" },
      { text: "025442064", why: "no separators" },
    ],
  },
};
