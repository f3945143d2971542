import type { Detector } from "../../detector.ts";

// Indian virtual payment address: a name at the handle of a bank, which is no domain.
export const inUpi: Detector = {
  id: "in-upi",
  entityType: "bank_account",
  confidence: 0.85,
  anchor: { kind: "at-sign", lead: 64 },
  pattern:
    /(?<![\w.@-])[a-z\d][\w.-]{1,60}@(?:ok(?:axis|sbi|hdfcbank|icici)|ybl|ibl|axl|apl|yapl|rapl|paytm|ptyes|ptaxis|pthdfc|ptsbi|upi|sbi|hdfcbank|icici|axisbank|kotak|airtel|jupiteraxis|freecharge|waaxis|wahdfcbank|waicici|wasbi|barodampay|cnrb|indus|federal|fbl|idfcbank|pnb|rbl|unionbank|yesbank|naviaxis|slice|superyes)(?![\w@-])/i,
  context: { rejects: (_before, after) => /^\.[a-z]/i.test(after), reach: 40 },
  samples: {
    finds: [
      { text: "pay rahul.k@okaxis.", match: "rahul.k@okaxis", why: "a sentence" },
      { text: "9876543210@paytm", why: "a telephone number as the name" },
    ],
    ignores: [
      { text: "rahul@upi.example.com", why: "an e-mail address" },
      { text: "rahul@okbank", why: "no such handle" },
    ],
  },
};
