import type { Detector } from "../../detector.ts";
import { dialledAbroadPhone } from "./dialled-abroad-phone.ts";
import { disguisedEmail } from "./disguised-email.ts";
import { email } from "./email.ts";
import { internationalPhone } from "./international-phone.ts";
import { internationalizedEmail } from "./internationalized-email.ts";
import { krLandlinePhone } from "./kr-landline-phone.ts";
import { krMobilePhone } from "./kr-mobile-phone.ts";
import { krServicePhone } from "./kr-service-phone.ts";
import { labelledPhone } from "./labelled-phone.ts";
import { labelledPhoneRun } from "./labelled-phone-run.ts";
import { mobilePhoneGroups } from "./mobile-phone-groups.ts";
import { parenthesisedPhone } from "./parenthesised-phone.ts";
import { phoneAlone } from "./phone-alone.ts";
import { phoneField } from "./phone-field.ts";
import { spelledPhones } from "./spelled-phone.ts";
import { trunkZeroPhone } from "./trunk-zero-phone.ts";
import { usPhone } from "./us-phone.ts";
import { usPhoneSpaced } from "./us-phone-spaced.ts";

export const contactDetectors: readonly Detector[] = [
  email,
  internationalizedEmail,
  disguisedEmail,
  krMobilePhone,
  krLandlinePhone,
  krServicePhone,
  internationalPhone,
  dialledAbroadPhone,
  usPhone,
  usPhoneSpaced,
  trunkZeroPhone,
  parenthesisedPhone,
  mobilePhoneGroups,
  phoneField,
  labelledPhoneRun,
  labelledPhone,
  phoneAlone,
  ...spelledPhones,
];
