import type { Detector } from "../../detector.ts";
import { email } from "./email.ts";
import { internationalPhone } from "./international-phone.ts";
import { krLandlinePhone } from "./kr-landline-phone.ts";
import { krMobilePhone } from "./kr-mobile-phone.ts";
import { krServicePhone } from "./kr-service-phone.ts";
import { labelledPhone } from "./labelled-phone.ts";
import { usPhone } from "./us-phone.ts";

export const contactDetectors: readonly Detector[] = [
  email,
  krMobilePhone,
  krLandlinePhone,
  krServicePhone,
  internationalPhone,
  usPhone,
  labelledPhone,
];
