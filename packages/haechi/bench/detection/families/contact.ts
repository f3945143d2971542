import type { Family } from "../family.ts";
import { between, made, pick, type Random } from "../random-text.ts";

/**
 * Numbers as each country prints them: from abroad, then at home. Area and mobile
 * codes are taken from the national numbering plans (ITU-T E.164 and its notices).
 */
const PHONES: Readonly<Record<string, { abroad: readonly string[]; home: readonly string[]; alone?: boolean }>> = {
  KR: {
    abroad: [
      "+82-10-{m:1}{d:3}-{d:4}",
      "+82 10 {m:1}{d:3} {d:4}",
      "+82-2-{m:1}{d:2}-{d:4}",
      "+8210{m:1}{d:7}",
      "82-10-{m:1}{d:3}-{d:4}",
      "+82 (0)10-{m:1}{d:3}-{d:4}",
    ],
    home: [
      "010-{m:1}{d:3}-{d:4}",
      "010{m:1}{d:7}",
      "010 {m:1}{d:3} {d:4}",
      "010.{m:1}{d:3}.{d:4}",
      "02-{m:1}{d:2}-{d:4}",
      "02-{m:1}{d:3}-{d:4}",
      "031-{m:1}{d:2}-{d:4}",
      "051-{m:1}{d:2}-{d:4}",
      "064-{m:1}{d:2}-{d:4}",
      "070-{m:1}{d:3}-{d:4}",
      "0505-{m:1}{d:2}-{d:4}",
      "(02){m:1}{d:2}-{d:4}",
      "011-{m:1}{d:2}-{d:4}",
      "080-{m:1}{d:2}-{d:4}",
    ],
    alone: true,
  },
  US: {
    abroad: [
      "+1 415 {m:1}{d:2} {d:4}",
      "+1-212-{m:1}{d:2}-{d:4}",
      "+1 (650) {m:1}{d:2}-{d:4}",
      "+1415{m:1}{d:6}",
      "+1.312.{m:1}{d:2}.{d:4}",
      "1-206-{m:1}{d:2}-{d:4}",
      "1 (800) {m:1}{d:2}-{d:4}",
    ],
    home: [
      "(415) {m:1}{d:2}-{d:4}",
      "212-{m:1}{d:2}-{d:4}",
      "312.{m:1}{d:2}.{d:4}",
      "(617){m:1}{d:2}-{d:4}",
      "212-{m:1}{d:2}-{d:4} ext. {d:3}",
      "305-{m:1}{d:2}-{d:4} x{d:4}",
      "888-{m:1}{d:2}-{d:4}",
    ],
    alone: true,
  },
  DE: {
    abroad: [
      "+49 30 {n:1}{d:6}",
      "+49 (0)89 {n:1}{d:6}",
      "+49 171 {n:1}{d:6}",
      "+49151{n:1}{d:7}",
      "0049 30 {n:1}{d:6}",
      "+49-30-{n:1}{d:6}",
      "+49 40/{n:1}{d:5}-{d:2}",
    ],
    home: [
      "030 {n:1}{d:6}",
      "089/{n:1}{d:6}",
      "0171 {n:1}{d:6}",
      "(030) {n:1}{d:6}",
      "0151-{n:1}{d:7}",
      "0221 / {n:1}{d:5}-{d:1}",
    ],
  },
  FR: {
    abroad: [
      "+33 1 {d:2} {d:2} {d:2} {d:2}",
      "+33 6 {d:2} {d:2} {d:2} {d:2}",
      "+336{d:8}",
      "+33 (0)1 {d:2} {d:2} {d:2} {d:2}",
      "0033 6 {d:2} {d:2} {d:2} {d:2}",
    ],
    home: [
      "01 {d:2} {d:2} {d:2} {d:2}",
      "06 {d:2} {d:2} {d:2} {d:2}",
      "06.{d:2}.{d:2}.{d:2}.{d:2}",
      "01-{d:2}-{d:2}-{d:2}-{d:2}",
      "06{d:8}",
    ],
  },
  GB: {
    abroad: [
      "+44 20 7{d:3} {d:4}",
      "+44 7911 {d:6}",
      "+447911{d:6}",
      "+44 (0)20 7{d:3} {d:4}",
      "+44 (0) 161 {n:1}{d:2} {d:4}",
      "0044 20 7{d:3} {d:4}",
    ],
    home: [
      "020 7{d:3} {d:4}",
      "07911 {d:6}",
      "0161 {n:1}{d:2} {d:4}",
      "(020) 7{d:3} {d:4}",
      "07700 900{d:3}",
      "0800 {n:1}{d:2} {d:4}",
      "07911{d:6}",
    ],
  },
  JP: {
    abroad: ["+81-3-{n:1}{d:3}-{d:4}", "+81 90 {n:1}{d:3} {d:4}", "+8190{n:1}{d:7}", "+81 (0)3 {n:1}{d:3} {d:4}"],
    home: [
      "03-{n:1}{d:3}-{d:4}",
      "090-{n:1}{d:3}-{d:4}",
      "06-{n:1}{d:3}-{d:4}",
      "045-{n:1}{d:2}-{d:4}",
      "0120-{d:3}-{d:3}",
      "(03){n:1}{d:3}-{d:4}",
      "080{n:1}{d:7}",
    ],
  },
  CN: {
    abroad: [
      "+86 138 {d:4} {d:4}",
      "+86-138-{d:4}-{d:4}",
      "+86138{d:8}",
      "+86 10 {n:1}{d:7}",
      "+86 (21) {n:1}{d:3} {d:4}",
    ],
    home: ["138 {d:4} {d:4}", "138-{d:4}-{d:4}", "138{d:8}", "010-{n:1}{d:7}", "021-{n:1}{d:3}{d:4}"],
  },
  IN: {
    abroad: ["+91 98{d:3} {d:5}", "+91-98{d:8}", "+9198{d:8}", "+91 11 {n:1}{d:3} {d:4}"],
    home: ["98{d:3} {d:5}", "98{d:8}", "098{d:8}", "011-{n:1}{d:3}{d:4}"],
  },
  IT: {
    abroad: ["+39 06 {n:1}{d:7}", "+39 347 {d:3} {d:4}", "+39347{d:7}", "0039 02 {n:1}{d:6}"],
    home: ["06 {n:1}{d:7}", "347 {d:3} {d:4}", "02/{n:1}{d:6}", "347-{d:7}", "347{d:7}"],
  },
  ES: {
    abroad: ["+34 91 {d:3} {d:2} {d:2}", "+34 612 {d:3} {d:3}", "+34612{d:6}", "(+34) 612 {d:2} {d:2} {d:2}"],
    home: ["91 {d:3} {d:2} {d:2}", "612 {d:3} {d:3}", "612 {d:2} {d:2} {d:2}", "612{d:6}", "612-{d:3}-{d:3}"],
  },
  NL: {
    abroad: ["+31 20 {n:1}{d:6}", "+31 6 {n:1}{d:7}", "+316{n:1}{d:7}", "+31 (0)6 {n:1}{d:7}"],
    home: ["020-{n:1}{d:6}", "06-{n:1}{d:7}", "06 {n:1}{d:7}", "010 {n:1}{d:2} {d:4}"],
  },
  BE: {
    abroad: ["+32 2 {n:1}{d:2} {d:2} {d:2}", "+32 470 {d:2} {d:2} {d:2}"],
    home: ["02 {n:1}{d:2} {d:2} {d:2}", "0470 {d:2} {d:2} {d:2}", "0470/{d:2}.{d:2}.{d:2}"],
  },
  CH: {
    abroad: ["+41 44 {d:3} {d:2} {d:2}", "+41 79 {d:3} {d:2} {d:2}", "+4179{d:7}"],
    home: ["044 {d:3} {d:2} {d:2}", "079 {d:3} {d:2} {d:2}"],
  },
  AT: {
    abroad: ["+43 1 {n:1}{d:6}", "+43 664 {n:1}{d:6}", "+43 (0)664 {n:1}{d:6}"],
    home: ["01 {n:1}{d:6}", "0664 {n:1}{d:6}", "0664/{n:1}{d:6}"],
  },
  SE: {
    abroad: ["+46 8 {n:1}{d:2} {d:3} {d:2}", "+46 70 {d:3} {d:2} {d:2}", "+4670{d:7}"],
    home: ["08-{n:1}{d:2} {d:3} {d:2}", "070-{d:3} {d:2} {d:2}", "070{d:7}"],
  },
  NO: {
    abroad: ["+47 22 {d:2} {d:2} {d:2}", "+47 912 {d:2} {d:3}", "+47912{d:5}"],
    home: ["22 {d:2} {d:2} {d:2}", "912 {d:2} {d:3}"],
  },
  DK: { abroad: ["+45 32 {d:2} {d:2} {d:2}", "+4520{d:6}"], home: ["32 {d:2} {d:2} {d:2}", "20{d:6}"] },
  FI: {
    abroad: ["+358 9 {n:1}{d:6}", "+358 40 {n:1}{d:6}", "+35840{n:1}{d:6}"],
    home: ["09 {n:1}{d:6}", "040 {n:1}{d:6}", "040-{n:1}{d:6}"],
  },
  PL: {
    abroad: ["+48 22 {d:3} {d:2} {d:2}", "+48 601 {d:3} {d:3}", "+48601{d:6}"],
    home: ["22 {d:3} {d:2} {d:2}", "601 {d:3} {d:3}", "601-{d:3}-{d:3}"],
  },
  PT: { abroad: ["+351 21 {d:3} {d:4}", "+351 912 {d:3} {d:3}"], home: ["21 {d:3} {d:4}", "912 {d:3} {d:3}"] },
  BR: {
    abroad: ["+55 11 9{d:4}-{d:4}", "+55 (21) 9{d:4}-{d:4}", "+55119{d:8}"],
    home: ["(11) 9{d:4}-{d:4}", "(21) 3{d:3}-{d:4}", "11 9{d:4}-{d:4}", "11 9{d:4} {d:4}"],
  },
  MX: {
    abroad: ["+52 55 {n:1}{d:3} {d:4}", "+52 1 33 {n:1}{d:3} {d:4}"],
    home: ["55 {n:1}{d:3} {d:4}", "(55) {n:1}{d:3}-{d:4}"],
  },
  AR: {
    abroad: ["+54 11 {n:1}{d:3}-{d:4}", "+54 9 11 {n:1}{d:3}-{d:4}"],
    home: ["011 {n:1}{d:3}-{d:4}", "(011) {n:1}{d:3}-{d:4}"],
  },
  AU: {
    abroad: ["+61 2 9{d:3} {d:4}", "+61 412 {d:3} {d:3}", "+61412{d:6}", "+61 (0)412 {d:3} {d:3}"],
    home: ["(02) 9{d:3} {d:4}", "0412 {d:3} {d:3}", "0412{d:6}", "1300 {d:3} {d:3}"],
  },
  NZ: {
    abroad: ["+64 9 {n:1}{d:2} {d:4}", "+64 21 {n:1}{d:2} {d:4}"],
    home: ["09 {n:1}{d:2} {d:4}", "021 {n:1}{d:2} {d:4}"],
  },
  RU: {
    abroad: ["+7 495 {d:3}-{d:2}-{d:2}", "+7 (916) {d:3}-{d:2}-{d:2}", "+7916{d:7}"],
    home: ["8 (495) {d:3}-{d:2}-{d:2}", "8-916-{d:3}-{d:2}-{d:2}", "8 916 {d:3} {d:2} {d:2}"],
  },
  TR: {
    abroad: ["+90 212 {d:3} {d:2} {d:2}", "+90 532 {d:3} {d:4}"],
    home: ["0212 {d:3} {d:2} {d:2}", "0532 {d:3} {d:2} {d:2}"],
  },
  IL: {
    abroad: ["+972 3 {n:1}{d:2} {d:4}", "+972-54-{n:1}{d:2}-{d:4}"],
    home: ["03-{n:1}{d:2}-{d:4}", "054-{n:1}{d:2}-{d:4}"],
  },
  SG: { abroad: ["+65 6{d:3} {d:4}", "+65 9{d:3} {d:4}", "+659{d:7}"], home: ["6{d:3} {d:4}", "9{d:3} {d:4}"] },
  HK: { abroad: ["+852 2{d:3} {d:4}", "+852-9{d:3}-{d:4}"], home: ["2{d:3} {d:4}", "9{d:3} {d:4}"] },
  TW: {
    abroad: ["+886 2 {n:1}{d:3} {d:4}", "+886 912 {d:3} {d:3}", "+886-912-{d:3}-{d:3}"],
    home: ["02-{n:1}{d:3}-{d:4}", "0912-{d:3}-{d:3}", "0912{d:6}"],
  },
  TH: { abroad: ["+66 2 {d:3} {d:4}", "+66 81 {d:3} {d:4}"], home: ["02-{d:3}-{d:4}", "081-{d:3}-{d:4}"] },
  VN: { abroad: ["+84 28 {n:1}{d:3} {d:4}", "+84 91 {d:3} {d:4}"], home: ["028 {n:1}{d:3} {d:4}", "091 {d:3} {d:4}"] },
  PH: { abroad: ["+63 2 8{d:3} {d:4}", "+63 917 {d:3} {d:4}"], home: ["0917 {d:3} {d:4}", "(02) 8{d:3} {d:4}"] },
  ID: { abroad: ["+62 21 {n:1}{d:6}", "+62 812-{d:4}-{d:4}"], home: ["021-{n:1}{d:6}", "0812-{d:4}-{d:4}"] },
  MY: { abroad: ["+60 3-{n:1}{d:3} {d:4}", "+60 12-{d:3} {d:4}"], home: ["03-{n:1}{d:3} {d:4}", "012-{d:3} {d:4}"] },
  ZA: { abroad: ["+27 11 {d:3} {d:4}", "+27 82 {d:3} {d:4}"], home: ["011 {d:3} {d:4}", "082 {d:3} {d:4}"] },
  AE: { abroad: ["+971 4 {n:1}{d:2} {d:4}", "+971 50 {d:3} {d:4}"], home: ["04 {n:1}{d:2} {d:4}", "050 {d:3} {d:4}"] },
  IE: { abroad: ["+353 1 {n:1}{d:2} {d:4}", "+353 87 {d:3} {d:4}"], home: ["01 {n:1}{d:2} {d:4}", "087 {d:3} {d:4}"] },
  GR: { abroad: ["+30 210 {d:3} {d:4}", "+30 697 {d:3} {d:4}"], home: ["210 {d:3} {d:4}", "697 {d:3} {d:4}"] },
  CZ: { abroad: ["+420 224 {d:3} {d:3}", "+420 602 {d:3} {d:3}"], home: ["224 {d:3} {d:3}", "602 {d:3} {d:3}"] },
  NG: { abroad: ["+234 803 {d:3} {d:4}"], home: ["0803 {d:3} {d:4}"] },
  KE: { abroad: ["+254 712 {d:6}"], home: ["0712 {d:6}"] },
  EG: { abroad: ["+20 2 {n:1}{d:7}", "+20 100 {d:3} {d:4}"], home: ["0100 {d:3} {d:4}"] },
  UA: {
    abroad: ["+380 44 {d:3} {d:2} {d:2}", "+38 (067) {d:3}-{d:2}-{d:2}"],
    home: ["067 {d:3} {d:2} {d:2}", "(044) {d:3}-{d:2}-{d:2}"],
  },
};

/** Further countries, as a caller from abroad writes them. */
const ABROAD: readonly string[] = [
  "+212 650-{d:6}",
  "+213 551 {d:2} {d:2} {d:2}",
  "+216 20 {d:3} {d:3}",
  "+233 23 {d:3} {d:4}",
  "+251 91 {d:3} {d:4}",
  "+255 621 {d:3} {d:3}",
  "+256 712 {d:6}",
  "+260 95 5{d:6}",
  "+263 71 {d:3} {d:4}",
  "+354 611 {d:4}",
  "+355 67 2{d:2} {d:4}",
  "+356 9696 {d:4}",
  "+357 96 {d:6}",
  "+359 43 0{d:2} {d:3}",
  "+36 20 {d:3} {d:4}",
  "+36 1 {n:1}{d:2} {d:4}",
  "+370 612 {d:5}",
  "+371 21 {d:3} {d:3}",
  "+372 5{d:3} {d:4}",
  "+373 621 {d:2} {d:3}",
  "+374 77 {d:6}",
  "+375 29 {d:3}-{d:2}-{d:2}",
  "+381 60 {n:1}{d:6}",
  "+385 92 {d:3} {d:4}",
  "+386 31 {d:3} {d:3}",
  "+387 61 {d:3} {d:3}",
  "+389 72 {d:3} {d:3}",
  "+40 712 {d:3} {d:3}",
  "+421 912 {d:3} {d:3}",
  "+506 8{d:3} {d:4}",
  "+507 6{d:3}-{d:4}",
  "+51 9{d:2} {d:3} {d:3}",
  "+56 2 2{d:3} {d:4}",
  "+56 9 {n:1}{d:3} {d:4}",
  "+57 321 {d:7}",
  "+58 412-{d:7}",
  "+593 99 {d:3} {d:4}",
  "+595 961 {d:6}",
  "+598 94 {d:3} {d:3}",
  "+591 7{d:7}",
  "+92 301 {d:7}",
  "+880 1812-{d:6}",
  "+94 71 {d:3} {d:4}",
  "+95 9 2{d:2} {d:4}",
  "+98 912 {d:3} {d:4}",
  "+961 71 {d:3} {d:3}",
  "+962 7 9{d:3} {d:4}",
  "+964 791 {d:3} {d:4}",
  "+965 500 {d:5}",
  "+966 51 {d:3} {d:4}",
  "+968 92{d:2} {d:4}",
  "+973 36{d:2} {d:4}",
  "+974 33{d:2} {d:4}",
  "+976 88{d:2} {d:4}",
  "+977 984-{d:7}",
  "+994 40 {d:3} {d:2} {d:2}",
  "+995 555 {d:2} {d:2} {d:2}",
  "+996 700 {d:3} {d:3}",
  "+998 91 {d:3} {d:2} {d:2}",
  "+7 771 {d:3} {d:4}",
  "+673 712 {d:4}",
  "+679 701 {d:4}",
  "+853 66{d:2} {d:4}",
  "+855 91 {d:3} {d:3}",
  "+856 20 {d:2} {d:3} {d:3}",
  "+352 628 {d:3} {d:3}",
  "+377 6 12 {d:2} {d:2} {d:2}",
  "+423 660 {d:3} {d:3}",
  "+298 211{d:3}",
  "+299 22 {d:2} {d:2}",
  "+1 876-210-{d:4}",
  "+1 787-234-{d:4}",
  "+220 301 {d:4}",
  "+221 70 {d:3} {d:2} {d:2}",
  "+225 01 23 {d:2} {d:4}",
  "+237 6 71 {d:2} {d:2} {d:2}",
  "+243 991 {d:3} {d:3}",
  "+244 923 {d:3} {d:3}",
  "+250 720 {d:3} {d:3}",
  "+258 82 {d:3} {d:4}",
  "+261 32 12 {d:3} {d:2}",
  "+264 81 {d:3} {d:4}",
  "+267 71 {d:3} {d:3}",
  "+502 5{d:3} {d:4}",
  "+503 7{d:3} {d:4}",
  "+504 9{d:3}-{d:4}",
  "+505 8{d:3} {d:4}",
  "+53 5 {n:1}{d:6}",
  "tel:+1-201-555-0{d:3}",
  "tel:+44-20-7946-0{d:3}",
  "tel:+82-2-{n:1}{d:2}-{d:4}",
];

const PHONE_LABELS: Readonly<Record<string, readonly string[]>> = {
  KR: ["전화", "휴대폰", "연락처", "전화번호", "HP", "Tel", "핸드폰"],
  DE: ["Tel.", "Telefon", "Mobil", "Handy", "Rufnummer", "Fax"],
  AT: ["Tel.", "Telefon", "Mobil"],
  CH: ["Tel.", "Telefon", "Mobile"],
  FR: ["Tél.", "Téléphone", "Portable", "Mobile", "tel"],
  ES: ["Teléfono", "Tel.", "Móvil", "Tfno."],
  MX: ["Teléfono", "Tel.", "Celular"],
  AR: ["Teléfono", "Tel.", "Celular"],
  IT: ["Tel.", "Telefono", "Cellulare", "cell."],
  PT: ["Telefone", "Tel.", "Telemóvel"],
  BR: ["Telefone", "Tel.", "Celular", "WhatsApp"],
  JP: ["電話", "電話番号", "携帯", "TEL", "Tel"],
  CN: ["电话", "手机", "手机号", "联系电话", "Tel"],
  TW: ["電話", "手機", "聯絡電話"],
  RU: ["Телефон", "тел.", "Моб."],
  NL: ["Telefoon", "Tel.", "Mobiel"],
  PL: ["Telefon", "tel.", "Kom."],
};

const ENGLISH_LABELS = [
  "Phone",
  "Tel",
  "phone number",
  "Mobile",
  "Cell",
  "Telephone",
  "contact number",
  "WhatsApp",
  "Fax",
];

function phones(): Family[] {
  const abroad = ABROAD.map(
    (template): Family => ({
      type: "phone",
      name: `phone ${sample(template)}`,
      make: (random) => made(random, template),
      strong: [""],
      labels: ENGLISH_LABELS,
      keys: ["phone", "mobile"],
      spoil: null,
      scarce: true,
    }),
  );
  return [...abroad, ...homes()];
}

/** The template with nines for digits. */
function sample(template: string): string {
  return template.replaceAll(/\{[dnm]:(\d)\}/g, (_, count) => "9".repeat(Number(count)));
}

function homes(): Family[] {
  return Object.entries(PHONES).flatMap(([country, { abroad, home, alone = false }]) => {
    const labels = [...(PHONE_LABELS[country] ?? []), ...ENGLISH_LABELS];
    const common = {
      type: "phone",
      labels,
      keys: ["phone", "phone_number", "mobile", "tel", "contact_phone"],
      spoil: null,
      scarce: true,
    } as const;
    return [
      ...abroad.map(
        (template): Family => ({
          ...common,
          name: `phone ${country} ${sample(template)}`,
          make: (random) => made(random, template),
          strong: [""],
        }),
      ),
      ...home.map(
        (template): Family => ({
          ...common,
          name: `phone ${country} ${sample(template)}`,
          make: (random) => made(random, template),
          ...(alone ? { strong: [""] } : { weak: [""] }),
          also: ["national_id", "tax_id", "health_id"],
        }),
      ),
    ];
  });
}

export const contact: readonly Family[] = [
  ...phones(),
  {
    type: "phone",
    name: "phone KR service number",
    make: (random) => made(random, `${pick(random, ["1588", "1544", "1577", "1600", "1661", "1899"])}-{n:1}{d:3}`),
    weak: [""],
    labels: ["고객센터", "대표번호", "전화", "문의"],
    keys: ["phone", "customer_center_tel"],
    sentences: ["고객센터 {}로 연락 주세요.", "문의: 대표전화 {}"],
    spoil: null,
  },
  email("plain", (random) => `${word(random)}.${word(random)}@${domain(random)}`),
  email("digits", (random) => `${word(random)}${between(random, 1, 999)}@${domain(random)}`),
  email("plus", (random) => `${word(random)}+${word(random)}@${domain(random)}`),
  email(
    "subdomains",
    (random) => `${word(random)}_${word(random)}@mail.${word(random)}.co.${pick(random, ["kr", "jp", "uk"])}`,
  ),
  email(
    "long top level",
    (random) =>
      `${word(random)}@${word(random)}-${word(random)}.${pick(random, ["photography", "technology", "museum", "app"])}`,
  ),
  email("capitals", (random) => `${word(random)}.${word(random)}@${domain(random)}`.toUpperCase()),
  email("odd signs", (random) => `${pick(random, ["o'", "x%", "a/b.", "n&", "q!"])}${word(random)}@${domain(random)}`),
  email("short", (random) => `${made(random, "{l:1}")}@${made(random, "{l:2}")}.${pick(random, ["io", "de", "co"])}`),
  email(
    "IDN",
    (random) => `${word(random)}@${pick(random, ["bücher.example", "例え.jp", "한국.kr", "münchen.de"])}`,
    "weak",
  ),
  email("puny", (random) => `${word(random)}@xn--bcher-kva.${pick(random, ["de", "com"])}`),
  email("mailto", (random) => `${word(random)}@${domain(random)}`, "core", [
    "mailto:{}",
    '<a href="mailto:{}?subject=hi">',
    "<{}>",
    "Jane <{}>",
    "git commit --author 'A <{}>'",
    "{};{}",
    "{},{}",
    "to={}&x=1",
    "user:{}",
    "({})",
    "[{}](mailto:{})",
  ]),
];

function email(
  name: string,
  make: (random: Random) => string,
  tier: Family["tier"] = "core",
  sentences?: readonly string[],
): Family {
  return {
    type: "email",
    name: `e-mail ${name}`,
    make,
    strong: [""],
    labels: ["E-Mail", "Email", "e-mail", "이메일", "メール", "Correo", "Mail"],
    keys: ["email", "user_email", "contact_email", "mail"],
    sentences: sentences ?? [
      "Write to {} please.",
      "제 메일은 {}입니다.",
      "{}로 보내 주세요",
      "メールは{}まで。",
      "Meine Adresse ist {}.",
    ],
    also: ["person_name"],
    spoil: (value) =>
      value.replace(
        "@",
        pick((bound) => value.length % bound, ["#", "@@", "@."]),
      ),
    withinWords: true,
    tier,
  };
}

const WORDS =
  "anna ben carla dmitri eva farid grace hiro ines jonas kim lena marco nina omar paula quinn rosa sven tara uma viktor wen yuki zoe".split(
    " ",
  );

function word(random: Random): string {
  return pick(random, WORDS);
}

function domain(random: Random): string {
  return pick(random, [
    "example.com",
    "example.org",
    "acme-corp.com",
    "naver.com",
    "gmail.com",
    "posteo.de",
    "uni-bonn.de",
    "ac.example.net",
    "startup.io",
    "orange.fr",
  ]);
}
