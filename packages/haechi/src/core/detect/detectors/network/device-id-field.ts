import type { Detector } from "../../detector.ts";
import { LABEL_JOINT, LABEL_JOINT_LENGTH } from "../../surroundings/label-joint.ts";

const NAMES = [
  ..."idfa,idfv,gaid,aaid,adid,advertising id,advertising_id,advertisingid,advertiser id,udid,android id,android_id".split(
    ",",
  ),
  ..."androidid,device id,device_id,deviceid,device uuid,device_uuid,meid".split(","),
];
const UUID = "[\\da-f]{8}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{4}-[\\da-f]{12}";
const HEX = "[\\da-f]{40}|[\\da-f]{16}|[\\da-f]{14}";

// Identifiers that systems of phones give to devices and to their advertising:
// UUIDs, or 14 (MEID), 16 (Android) or 40 (old iOS) hex digits.
export const deviceIdField: Detector = {
  id: "device-id-field",
  entityType: "device_id",
  confidence: 0.8,
  anchor: { kind: "keyed", names: NAMES, reach: LABEL_JOINT_LENGTH, memberValue: new RegExp(`${UUID}|${HEX}`, "i") },
  pattern: new RegExp(
    `(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:${NAMES.join("|")})(?:${LABEL_JOINT}|[ \\t]{1,2}(?:is |no |é |of [a-z ]{2,16} is )?|\\n{1,2})(?<value>${UUID}|${HEX})(?![\\w-])`,
    "i",
  ),
  accepts: (match) => /[1-9a-f]/i.test(match),
  samples: {
    finds: [
      { text: "IDFA: 6D92078A-8246-4BA4-AE5B-76104861E7DC", match: "6D92078A-8246-4BA4-AE5B-76104861E7DC", why: "iOS" },
      { text: '"android_id":"9774d56d682e549c"', match: "9774d56d682e549c", why: "Android" },
    ],
    ignores: [
      { text: "gaid 00000000-0000-0000-0000-000000000000", why: "advertising is off" },
      { text: "request id: 6D92078A-8246-4BA4-AE5B-76104861E7DC", why: "another name" },
    ],
  },
};
