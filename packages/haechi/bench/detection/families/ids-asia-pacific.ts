import { complement, mod11_2Character, until, verhoeffDigit, weighted } from "../check-digits.ts";
import { changeLastDigit, type Family } from "../family.ts";
import { between, birthDate, ddmmyy, made, padded, pick, type Random, yymmdd } from "../random-text.ts";

const KR_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/** With a check digit: of citizens, or of foreigners with `shift` 2. */
function krResident(random: Random, genders: readonly [string, string], shift: number): string {
  const date = birthDate(random);
  const body = `${yymmdd(date)}${genders[date.year < 2000 ? 0 : 1]}${made(random, "{d:5}")}`;
  return body + ((11 + shift - (weighted(body, KR_WEIGHTS) % 11)) % 10);
}

export const asianAndPacificIds: readonly Family[] = [
  {
    type: "kr_rrn",
    name: "KR resident number",
    make: (random) =>
      krResident(
        random,
        pick(random, [
          ["1", "3"],
          ["2", "4"],
        ] as const),
        0,
      ),
    strong: ["######-#######", ""],
    weak: ["###### #######", "###### - #######"],
    labels: ["주민등록번호", "주민번호", "주민 등록 번호", "RRN", "resident registration number"],
    keys: ["rrn", "resident_number", "jumin_number", "주민등록번호"],
    sentences: ["제 주민등록번호는 {}입니다.", "주민번호 {} 맞나요?", "본인확인: 홍길동 ({})", "My Korean RRN is {}."],
    also: ["person_name"],
    // A number given since October 2020 has no check digit: what is wrong is the month.
    spoil: (value) => `${value.slice(0, 2)}13${value.slice(4)}`,
  },
  {
    type: "kr_rrn",
    name: "KR resident number, after 2020-10",
    make: (random) => yymmdd(birthDate(random, 1950, 1999)) + pick(random, ["1", "2"]) + made(random, "{d:6}"),
    strong: ["######-#######"],
    weak: [""],
    labels: ["주민등록번호", "주민번호", "생년월일/주민번호"],
    keys: ["rrn", "resident_registration_number"],
    sentences: ["고객님의 주민등록번호 {} 를 확인했습니다."],
    also: ["date_of_birth"],
    spoil: (value) => `${value.slice(0, 4)}39${value.slice(6)}`,
  },
  {
    type: "kr_rrn",
    name: "KR foreigner number",
    make: (random) =>
      krResident(
        random,
        pick(random, [
          ["5", "7"],
          ["6", "8"],
        ] as const),
        2,
      ),
    strong: ["######-#######"],
    weak: ["", "###### #######"],
    labels: ["외국인등록번호", "외국인 번호", "ARC number", "alien registration number"],
    keys: ["foreigner_number", "alien_registration_number"],
    sentences: ["외국인등록번호는 {} 입니다", "Her alien registration number is {}."],
    spoil: (value) => `${value.slice(0, 2)}00${value.slice(4)}`,
  },
  {
    type: "tax_id",
    name: "KR business number",
    make: (random) =>
      until(() => {
        const body = made(random, "{n:1}{d:2}{n:1}{d:5}");
        const sum = weighted(body, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((Number(body[8]) * 5) / 10);
        return body + ((10 - (sum % 10)) % 10);
      }),
    strong: ["###-##-#####"],
    weak: [""],
    labels: ["사업자등록번호", "사업자번호", "사업자 등록번호", "business registration number", "BRN"],
    keys: ["business_number", "biz_no", "brn", "사업자등록번호"],
    sentences: ["세금계산서 발행을 위한 사업자등록번호는 {}입니다."],
    also: ["phone"],
  },
  {
    type: "jp_mynumber",
    name: "JP My Number",
    make: (random) => {
      const body = made(random, "{d:11}");
      const remainder = weighted(body, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
      return body + (remainder <= 1 ? 0 : 11 - remainder);
    },
    strong: [],
    weak: ["", "#### #### ####", "####-####-####"],
    labels: ["マイナンバー", "個人番号", "My Number", "my number", "マイナンバー(個人番号)"],
    keys: ["my_number", "individual_number", "個人番号", "mynumber"],
    sentences: [
      "私のマイナンバーは{}です。",
      "個人番号 {} を登録してください。",
      "My Number for the year-end adjustment: {}",
    ],
  },
  {
    type: "in_aadhaar",
    name: "IN Aadhaar",
    make: (random) => {
      const body = `${between(random, 2, 9)}${made(random, "{d:10}")}`;
      return body + verhoeffDigit(body);
    },
    strong: [],
    weak: ["#### #### ####", "", "####-####-####"],
    labels: ["Aadhaar", "Aadhaar number", "Aadhar no", "AADHAAR NO.", "UIDAI number", "आधार", "आधार संख्या"],
    keys: ["aadhaar", "aadhaar_number", "uidai", "aadhar_no"],
    sentences: ["My Aadhaar number is {}.", "मेरा आधार नंबर {} है।", "KYC pending for aadhaar {} since Monday"],
  },
  {
    type: "tax_id",
    name: "IN PAN",
    make: (random) => made(random, `{U:3}${pick(random, ["P", "C", "H", "F", "A", "T"])}{U:1}{n:1}{d:3}{U:1}`),
    strong: [""],
    labels: ["PAN", "PAN number", "PAN card", "Permanent Account Number"],
    keys: ["pan", "pan_number", "pan_card"],
    sentences: ["My PAN is {} for the ITR.", "Please quote PAN {} in the invoice."],
    spoil: (value) => `${value.slice(0, 3)}Q${value.slice(4)}`,
  },
  {
    type: "tax_id",
    name: "IN GSTIN",
    make: (random) => {
      const state = padded(between(random, 1, 37), 2);
      const body = made(random, `${state}{U:3}${pick(random, ["P", "C", "F"])}{U:1}{d:4}{U:1}{n:1}Z`);
      const sum = [...body].reduce((total, character, at) => {
        const product = Number.parseInt(character, 36) * (at % 2 === 0 ? 1 : 2);
        return total + Math.floor(product / 36) + (product % 36);
      }, 0);
      return body + ((36 - (sum % 36)) % 36).toString(36).toUpperCase();
    },
    strong: [""],
    labels: ["GSTIN", "GST number", "GST No."],
    keys: ["gstin", "gst_number"],
    sentences: ["Our GSTIN is {}."],
    spoil: (value) => value.slice(0, 14) + (value[14] === "A" ? "B" : "A"),
  },
  {
    type: "sg_nric",
    name: "SG NRIC/FIN",
    make: (random) => {
      const series = pick(random, ["S", "T", "F", "G", "M"]);
      const digits = made(random, "{d:7}");
      const shift = { S: 0, T: 4, F: 0, G: 4, M: 3 }[series]!;
      const remainder = (weighted(digits, [2, 7, 6, 5, 4, 3, 2]) + shift) % 11;
      if (series === "M") return `M${digits}${"KLJNPQRTUWX"[10 - remainder]}`;
      return `${series}${digits}${("ST".includes(series) ? "JZIHGFEDCBA" : "XWUTRQPNMLK")[remainder]}`;
    },
    strong: [""],
    weak: ["~~~~~~~~~"],
    labels: ["NRIC", "FIN", "NRIC No.", "NRIC/FIN", "IC number"],
    keys: ["nric", "fin", "nric_number"],
    sentences: ["My NRIC is {}.", "NRIC holder {} has registered."],
    spoil: (value) => value.slice(0, 8) + (value[8] === "Y" ? "V" : "Y"),
  },
  {
    type: "national_id",
    name: "CN resident identity card",
    make: (random) => {
      const { year, month, day } = birthDate(random);
      const region = pick(random, ["110101", "310115", "440106", "510104", "330106", "420111"]);
      const body = `${region}${year}${padded(month, 2)}${padded(day, 2)}${made(random, "{d:3}")}`;
      return body + mod11_2Character(body);
    },
    strong: ["", "###### ######## ####"],
    labels: ["身份证号", "身份证号码", "公民身份号码", "身份证", "ID card number", "Chinese ID"],
    keys: ["id_card", "id_card_no", "identity_card", "身份证号"],
    sentences: ["我的身份证号是{}。", "请核对身份证号码：{}"],
    spoil: (value) => value.slice(0, 17) + (value[17] === "X" ? "3" : "X"),
  },
  {
    type: "national_id",
    name: "TW national id",
    make: (random) => {
      const letters = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
      const letter = pick(random, [..."ABCDEFGHJKMNPQTUVX"]);
      const code = 10 + letters.indexOf(letter);
      const digits = pick(random, ["1", "2"]) + made(random, "{d:7}");
      const sum = Math.floor(code / 10) + (code % 10) * 9 + weighted(digits, [8, 7, 6, 5, 4, 3, 2, 1]);
      return letter + digits + ((10 - (sum % 10)) % 10);
    },
    weak: [""],
    labels: ["身分證字號", "身分證號碼", "國民身分證統一編號", "Taiwan ID"],
    keys: ["national_id", "id_number", "身分證字號"],
    sentences: ["我的身分證字號是{}", "身分證：{}，請查收"],
  },
  {
    type: "national_id",
    name: "HK identity card",
    make: (random) => {
      const letter = pick(random, [..."ABCDEGHKMPRVYZ"]);
      const digits = made(random, "{d:6}");
      const sum = 36 * 9 + Number.parseInt(letter, 36) * 8 + weighted(digits, [7, 6, 5, 4, 3, 2]);
      const check = (11 - (sum % 11)) % 11;
      return letter + digits + (check === 10 ? "A" : check);
    },
    strong: ["#######(#)"],
    weak: ["", "#######-#"],
    labels: ["HKID", "HKID No.", "香港身份證", "香港身份證號碼", "Hong Kong ID"],
    keys: ["hkid", "hkid_number"],
    sentences: ["My HKID is {}."],
    spoil: (value) => value.slice(0, 7) + (value[7] === "A" ? "4" : "A"),
  },
  {
    type: "national_id",
    name: "TH citizen id",
    make: (random) => {
      const body = made(random, "{n:1}{d:11}");
      return body + ((11 - (weighted(body, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10);
    },
    strong: ["#-####-#####-##-#"],
    weak: ["", "# #### ##### ## #"],
    labels: ["เลขประจำตัวประชาชน", "เลขบัตรประชาชน", "Thai ID", "citizen ID"],
    keys: ["citizen_id", "thai_id", "national_id"],
    sentences: ["เลขบัตรประชาชนของฉันคือ {} ค่ะ"],
  },
  {
    type: "national_id",
    name: "MY MyKad",
    make: (random) =>
      yymmdd(birthDate(random)) +
      pick(random, ["01", "05", "08", "10", "12", "14", "21", "43"]) +
      made(random, "{d:4}"),
    strong: ["######-##-####"],
    weak: [""],
    labels: ["MyKad", "IC No", "No. Kad Pengenalan", "NRIC", "nombor kad pengenalan"],
    keys: ["mykad", "ic_number", "no_kp"],
    sentences: ["Nombor kad pengenalan saya {}."],
    spoil: (value) => `${value.slice(0, 2)}19${value.slice(4)}`,
  },
  {
    type: "national_id",
    name: "ID NIK",
    make: (random) =>
      pick(random, ["317401", "327305", "351701", "120704", "517102"]) +
      ddmmyy(birthDate(random)) +
      made(random, "00{d:2}"),
    weak: [""],
    labels: ["NIK", "No. KTP", "Nomor Induk Kependudukan", "KTP"],
    keys: ["nik", "no_ktp", "ktp"],
    sentences: ["NIK saya adalah {}.", "Nomor KTP: {}"],
    spoil: null,
  },
  {
    type: "national_id",
    name: "VN citizen card",
    make: (random) =>
      made(random, `0${pick(random, ["01", "79", "48", "31"])}${pick(random, ["0", "1", "2", "3"])}{d:8}`),
    weak: [""],
    labels: ["CCCD", "số CCCD", "Căn cước công dân", "CMND/CCCD"],
    keys: ["cccd", "so_cccd"],
    sentences: ["Số căn cước công dân của tôi là {}."],
    spoil: null,
  },
  {
    type: "tax_id",
    name: "AU TFN",
    make: (random) =>
      until(() => {
        const value = made(random, "{n:1}{d:8}");
        return weighted(value, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 ? value : null;
      }),
    weak: ["### ### ###", "", "###-###-###"],
    labels: ["TFN", "Tax File Number", "tax file number", "TFN no."],
    keys: ["tfn", "tax_file_number"],
    sentences: ["My tax file number is {}.", "Could you add my TFN {} to payroll?"],
  },
  {
    type: "tax_id",
    name: "AU ABN",
    make: (random) => {
      const rest = made(random, "{d:9}");
      // What the two check digits, the first less one, add at weights 10 and 1 makes the sum a multiple of 89.
      return 99 - (weighted(rest, [3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89) + rest;
    },
    strong: ["## ### ### ###"],
    weak: [""],
    labels: ["ABN", "Australian Business Number", "A.B.N."],
    keys: ["abn", "business_number"],
    sentences: ["Our ABN is {}.", "Invoice from Acme Pty Ltd (ABN {})"],
  },
  {
    type: "tax_id",
    name: "AU ACN",
    make: (random) => {
      const body = made(random, "{d:8}");
      return body + ((10 - (weighted(body, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10);
    },
    weak: ["### ### ###", ""],
    labels: ["ACN", "Australian Company Number"],
    keys: ["acn", "company_number"],
    sentences: ["Acme Pty Ltd, ACN {}, is a company."],
  },
  {
    type: "health_id",
    name: "AU Medicare",
    make: (random) => {
      const body = `${between(random, 2, 6)}${made(random, "{d:7}")}`;
      return `${body}${weighted(body, [1, 3, 7, 9, 1, 3, 7, 9]) % 10}${between(random, 1, 9)}`;
    },
    weak: ["#### ##### #", ""],
    labels: ["Medicare", "Medicare number", "Medicare card no.", "Medicare No"],
    keys: ["medicare", "medicare_number"],
    sentences: ["My Medicare card number is {}."],
    also: ["phone"],
    // The last digit counts the cards of a family; the one before it checks.
    spoil: (value) => changeLastDigit(value.slice(0, 9)) + value[9],
  },
  {
    type: "tax_id",
    name: "NZ IRD",
    make: (random) =>
      until(() => {
        const body = between(random, 4, 9) + made(random, "{d:6}");
        const check = complement(weighted(body, [2, 7, 6, 5, 4, 3, 2]), 11);
        return check === null ? null : body + check;
      }),
    weak: ["##-###-###", "########", "## ### ###"],
    labels: ["IRD", "IRD number", "IRD No."],
    keys: ["ird", "ird_number"],
    sentences: ["My IRD number is {}."],
  },
  {
    type: "tax_id",
    name: "JP corporate number",
    make: (random) => {
      const body = made(random, "{n:1}{d:11}");
      const sum = [...body].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 2), 0);
      return 9 - (sum % 9) + body;
    },
    weak: ["", "#-####-####-####"],
    labels: ["法人番号", "Corporate Number"],
    keys: ["corporate_number", "法人番号"],
    sentences: ["当社の法人番号は{}です。"],
    spoil: (value) => `${(Number(value[0]) % 9) + 1}${value.slice(1)}`,
  },
  {
    type: "tax_id",
    name: "CN unified social credit code",
    make: (random) => {
      const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
      const body = `91${pick(random, ["110105", "310115", "440300", "330100"])}MA${made(random, "{d:1}")}${pick(random, [..."ABCDEFGH"])}${made(random, "{d:4}")}${pick(random, [..."ABCDEFGH"])}`;
      const sum = [...body].reduce((total, character, at) => total + alphabet.indexOf(character) * (3 ** at % 31), 0);
      return body + alphabet[(31 - (sum % 31)) % 31];
    },
    strong: [""],
    labels: ["统一社会信用代码", "社会信用代码", "USCC"],
    keys: ["credit_code", "uscc"],
    sentences: ["公司统一社会信用代码：{}"],
    spoil: (value) => value.slice(0, 17) + (value[17] === "R" ? "T" : "R"),
  },
];
