import type { Detector } from "../../detector.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// A UUID near what calls it the identifier of a device for advertising, in the key or
// in the header of its column: names that no other UUID has.
export const advertisingId: Detector = {
  id: "advertising-id",
  entityType: "device_id",
  confidence: 0.75,
  anchor: { kind: "digits", run: 2, lead: 35 },
  pattern: /(?<![\w-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\w-])/i,
  // Nearly all have two digits side by side, which is what the anchor goes by. Zeros: advertising is off.
  accepts: (match) => /\d\d/.test(match) && /[1-9a-f]/i.test(match),
  context: {
    requires: labelWords(
      "idfa,idfas,idfv,idfvs,gaid,gaids,aaid,aaids,advertising id,advertising ids,advertiser id,advertising identifier,ad id",
    ),
    reach: 48,
  },
  samples: {
    finds: [
      {
        text: "GAID (b0894320-53a3-4f2a-aacb-2d16adf5f623) is wrong",
        match: "b0894320-53a3-4f2a-aacb-2d16adf5f623",
        why: "in parentheses",
      },
      {
        text: "id,idfa\n17,394a16f0-5add-4532-a4a4-346248eeff33\n",
        match: "394a16f0-5add-4532-a4a4-346248eeff33",
        why: "a column",
      },
    ],
    ignores: [
      { text: "request b0894320-53a3-4f2a-aacb-2d16adf5f623", why: "another UUID" },
      { text: "idfa: 00000000-0000-0000-0000-000000000000", why: "advertising is off" },
    ],
  },
};
