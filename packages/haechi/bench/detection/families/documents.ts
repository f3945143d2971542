import { luhnDigit } from "../check-digits.ts";
import type { Family } from "../family.ts";
import { between, birthDate, made, padded, pick, type Random, yymmdd } from "../random-text.ts";

/** Passport numbers have no check digit of their own: a word must stand near them. */
const PASSPORTS: readonly (readonly [string, string, readonly string[], string])[] = [
  ["US", "{n:1}{d:8}", ["Passport", "passport number", "U.S. passport no."], "My US passport number is {}."],
  ["US, next generation", "A{d:8}", ["Passport", "US Passport No."], "US passport {} expires in May."],
  ["UK", "{n:1}{d:8}", ["Passport", "UK passport number"], "My British passport number is {}."],
  ["DE", "C01X0{d:4}", ["Reisepass", "Reisepassnummer", "Pass-Nr."], "Meine Reisepassnummer ist {}."],
  ["FR", "{d:2}{U:2}{d:5}", ["Passeport", "N° de passeport"], "Mon numéro de passeport est {}."],
  ["IT", "YA{d:7}", ["Passaporto", "n. passaporto"], "Il mio numero di passaporto è {}."],
  ["ES", "{U:3}{d:6}", ["Pasaporte", "número de pasaporte"], "Mi número de pasaporte es {}."],
  ["KR", "M{d:8}", ["여권번호", "여권 번호", "passport"], "제 여권번호는 {}입니다."],
  ["KR, since 2021", "M{d:3}{U:1}{d:4}", ["여권번호", "여권"], "여권번호 {} 로 예약했습니다."],
  ["JP", "T{U:1}{d:7}", ["旅券番号", "パスポート番号", "Passport No."], "パスポート番号は{}です。"],
  ["CN", "E{d:8}", ["护照号", "护照号码", "passport no"], "我的护照号码是{}。"],
  ["IN", "{U:1}{n:1}{d:6}", ["Passport", "Passport No", "Indian passport"], "My Indian passport number is {}."],
  ["CA", "{U:2}{d:6}", ["Passport", "passeport canadien"], "My Canadian passport is {}."],
  ["AU", "N{d:7}", ["Passport", "Australian passport number"], "Australian passport number {}"],
  ["NL", "N{U:1}{Z:6}{d:1}", ["Paspoort", "paspoortnummer"], "Mijn paspoortnummer is {}."],
  ["BR", "{U:2}{d:6}", ["Passaporte", "nº do passaporte"], "O número do meu passaporte é {}."],
];

const LICENSES: readonly (readonly [string, string, readonly string[], string])[] = [
  [
    "US CA",
    "{U:1}{d:7}",
    ["Driver's license", "Driver License", "DL", "CA driver's license number"],
    "My California driver's license is {}.",
  ],
  ["US NY", "{d:9}", ["Driver's license", "NY driver license no."], "New York driver license number {}."],
  ["US FL", "{U:1}{d:3}-{d:3}-{d:2}-{d:3}-0", ["Driver license", "FL DL"], "Florida driver license {}."],
  ["US TX", "{d:8}", ["Driver's license number", "TX DL#"], "Texas driver's license number: {}"],
  [
    "DE",
    "{U:1}{d:2}{Z:6}{d:1}{Z:1}",
    ["Führerschein", "Führerscheinnummer", "Führerschein-Nr."],
    "Meine Führerscheinnummer lautet {}.",
  ],
  ["FR", "{d:12}", ["Permis de conduire", "N° de permis"], "Mon numéro de permis de conduire est le {}."],
  ["IT", "U1{Z:7}{U:1}", ["Patente", "numero patente", "patente di guida"], "La mia patente di guida è {}."],
  ["JP", "30{d:10}", ["免許証番号", "運転免許証番号"], "運転免許証番号は{}です。"],
  ["AU", "{d:8}", ["Driver licence", "licence number"], "My NSW driver licence is {}."],
  ["IN", "MH12 20{d:9}", ["Driving licence", "DL No"], "My driving licence number is {}."],
];

export const documents: readonly Family[] = [
  ...PASSPORTS.map(
    ([country, template, labels, sentence]): Family => ({
      type: "passport",
      name: `passport ${country}`,
      make: (random) => made(random, template),
      weak: [""],
      labels,
      keys: ["passport", "passport_number", "passport_no"],
      sentences: [sentence],
      also: ["national_id"],
      spoil: null,
    }),
  ),
  {
    type: "passport",
    name: "passport MRZ, second line",
    make: mrzLine,
    strong: [""],
    labels: ["MRZ", "passport"],
    keys: ["mrz", "passport_mrz"],
    sentences: ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{}"],
    also: ["person_name", "national_id"],
    spoil: null,
  },
  ...LICENSES.map(
    ([region, template, labels, sentence]): Family => ({
      type: "driver_license",
      name: `driving licence ${region}`,
      make: (random) => made(random, template),
      weak: [""],
      labels,
      keys: ["driver_license", "drivers_license_number", "driving_licence"],
      sentences: [sentence],
      also: ["national_id", "phone"],
      spoil: null,
    }),
  ),
  {
    type: "driver_license",
    name: "driving licence KR",
    make: (random) =>
      pick(random, ["11", "13", "21", "26", "28"]) + padded(between(random, 80, 99), 2) + made(random, "{d:8}"),
    strong: ["##-##-######-##"],
    weak: ["", "## ## ###### ##"],
    labels: ["운전면허번호", "운전면허", "면허번호", "driver's license"],
    keys: ["driver_license", "license_number", "운전면허번호"],
    sentences: ["운전면허번호는 {}입니다."],
    also: ["bank_account"],
    spoil: (value) => `99${value.slice(2)}`,
  },
  {
    type: "driver_license",
    name: "driving licence UK",
    make: (random) => {
      const { year, month, day } = birthDate(random);
      const surname = pick(random, ["MORGA", "SMITH", "JONES", "PATEL", "EVANS"]);
      const decade = padded(year % 100, 2);
      return (
        `${surname}${decade[0]}${padded(month + 50 * random(2), 2)}${padded(day, 2)}${decade[1]}${made(random, "{U:1}")}9${made(random, "{U:1}")}9${made(random, "{U:1}")}`.slice(
          0,
          13,
        ) + made(random, "9{U:2}")
      );
    },
    strong: [""],
    labels: ["Driving licence", "driving licence number", "Driver number"],
    keys: ["driving_licence_number", "driver_number"],
    sentences: ["My driving licence number is {}."],
    spoil: null,
  },
  {
    type: "device_id",
    name: "IMEI",
    make: (random) => {
      const body = pick(random, ["35", "86", "01", "49"]) + made(random, "{d:12}");
      return body + luhnDigit(body);
    },
    weak: ["", "##-######-######-#", "## ###### ###### #"],
    labels: ["IMEI", "imei", "IMEI number", "IMEI 1", "단말기 IMEI"],
    keys: ["imei", "device_imei"],
    sentences: ["The phone's IMEI is {}."],
    also: ["card"],
  },
  {
    type: "device_id",
    name: "ICCID",
    make: (random) => {
      const body = `89${pick(random, ["82", "01", "49", "44"])}${made(random, "{d:14}")}`;
      return body + luhnDigit(body);
    },
    weak: [""],
    labels: ["ICCID", "SIM ICCID", "SIM card number"],
    keys: ["iccid", "sim_iccid"],
    sentences: ["ICCID of the SIM: {}"],
    also: ["card"],
  },
  {
    type: "device_id",
    name: "advertising id",
    make: (random) => made(random, "{h:8}-{h:4}-4{h:3}-a{h:3}-{h:12}"),
    weak: [""],
    labels: ["IDFA", "GAID", "Advertising ID", "AAID", "IDFV"],
    keys: ["idfa", "advertising_id", "gaid"],
    sentences: ["The advertising ID of her phone is {}."],
    spoil: null,
    tier: "weak",
  },
];

/** Line two of a TD3 machine-readable zone (ICAO Doc 9303-4). */
function mrzLine(random: Random): string {
  const number = made(random, "{U:1}{d:8}");
  const born = yymmdd(birthDate(random));
  const expires = `${between(random, 26, 34)}${padded(between(random, 1, 12), 2)}${padded(between(random, 1, 28), 2)}`;
  const personal = "<".repeat(14);
  const line = `${number}${mrzDigit(number)}${pick(random, ["USA", "GBR", "KOR", "D<<", "FRA"])}${born}${mrzDigit(born)}${pick(random, ["F", "M"])}${expires}${mrzDigit(expires)}${personal}0`;
  const all = `${number}${mrzDigit(number)}${born}${mrzDigit(born)}${expires}${mrzDigit(expires)}${personal}0`;
  return line + mrzDigit(all);
}

function mrzDigit(field: string): number {
  const value = (character: string) => (character === "<" ? 0 : Number.parseInt(character, 36));
  return [...field].reduce((sum, character, at) => sum + value(character) * [7, 3, 1][at % 3]!, 0) % 10;
}
