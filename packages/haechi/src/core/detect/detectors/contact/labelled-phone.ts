import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";

// A number of any country as dialled there, found because a label stands near:
// groups of digits, or a run that begins with the trunk 0.
export const labelledPhone: Detector = {
  id: "labelled-phone",
  entityType: "phone",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern:
    /(?<![\w.+-])(?:0\d{8,10}|\(?\d{2,5}\)?(?:[ -]\d{2,5}){1,5}|\(?\d{2,5}\)?(?:\.\d{2,5}){2,5}|\(?0\d{1,4}\)?\/\d{3,9}|0\d{1,4}[ -]\d{5,8})(?![\w-])/,
  accepts: (match) => {
    const length = digitsOf(match).length;
    return length >= 8 && length <= 12 && !DATE.test(match);
  },
  context: {
    requires: [
      ..."phone phones phonenumber tel telephone telefon telefono teléfono telefone telefoon téléphone tél fax mobile mobil móvil celular cell cellphone whatsapp handy".split(
        " ",
      ),
      ..."전화 휴대폰 휴대전화 핸드폰 연락처 팩스 電話 携帯 电话 手机 телефон".split(" "),
    ],
    reach: 30,
  },
  samples: {
    finds: [
      { text: "phone: 020 7946 0958", match: "020 7946 0958", why: "London" },
      { text: "電話: 03-1234-5678", match: "03-1234-5678", why: "Tokyo" },
      { text: "Tél. / téléphone 01 42 68 53 00", match: "01 42 68 53 00", why: "Paris" },
      { text: "Telefon 030/1234567", match: "030/1234567", why: "Berlin" },
      { text: "전화 02 544 2064", match: "02 544 2064", why: "Seoul with blanks" },
    ],
    ignores: [
      { text: "rows 020 7946 0958", why: "no label" },
      { text: "phone updated 2024-01-31", why: "a date" },
      { text: "phone 4155552671", why: "a bare run without the trunk 0" },
    ],
  },
};

const DATE = /^(?:(?:19|20)\d{2}[-. ](?:0[1-9]|1[0-2])[-. ]\d{2}|\d{2}[-. ]\d{2}[-. ](?:19|20)\d{2})/;
