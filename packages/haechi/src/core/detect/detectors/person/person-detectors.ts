import type { Detector } from "../../detector.ts";
import { addressField } from "./address-field.ts";
import { bornOn } from "./born-on.ts";
import { cjkNameField } from "./cjk-name-field.ts";
import { cyrillicNameField } from "./cyrillic-name-field.ts";
import { dateCalledBirth } from "./date-called-birth.ts";
import { dateOfBirth } from "./date-of-birth.ts";
import { eraBirthDate } from "./era-birth-date.ts";
import { europeanAddress } from "./european-address.ts";
import { introducedName } from "./introduced-name.ts";
import { jpAddress } from "./jp-address.ts";
import { jpPostalCode } from "./jp-postal-code.ts";
import { koreanHonorificName } from "./korean-honorific-name.ts";
import { koreanNameField } from "./korean-name-field.ts";
import { koreanNameLine } from "./korean-name-line.ts";
import { krAddress } from "./kr-address.ts";
import { nameColumn } from "./name-column.ts";
import { nameField } from "./name-field.ts";
import { nameLine } from "./name-line.ts";
import { nameSentence } from "./name-sentence.ts";
import { poBox } from "./po-box.ts";
import { postalCodeCalledZip } from "./postal-code-called-zip.ts";
import { postalCodeField } from "./postal-code-field.ts";
import { abbreviatedStreetAddress, abbreviatedStreetOfOneDigit, streetAddress } from "./street-address.ts";
import { titledName } from "./titled-name.ts";
import { townAndZip } from "./town-and-zip.ts";

export const personDetectors: readonly Detector[] = [
  dateOfBirth,
  dateCalledBirth,
  bornOn,
  eraBirthDate,
  nameField,
  nameLine,
  nameColumn,
  nameSentence,
  introducedName,
  titledName,
  koreanNameField,
  koreanNameLine,
  koreanHonorificName,
  cjkNameField,
  cyrillicNameField,
  krAddress,
  jpAddress,
  jpPostalCode,
  streetAddress,
  abbreviatedStreetAddress,
  abbreviatedStreetOfOneDigit,
  europeanAddress,
  townAndZip,
  poBox,
  postalCodeField,
  postalCodeCalledZip,
  addressField,
];
