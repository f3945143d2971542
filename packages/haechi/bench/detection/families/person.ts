import type { Family } from "../family.ts";
import { between, birthDate, padded, pick, type Random } from "../random-text.ts";

const NAMES: Readonly<Record<string, readonly [readonly string[], readonly string[], readonly string[]]>> = {
  ko: [
    ["김민준", "이서연", "박지훈", "최수아", "정하은", "강도윤", "조예준", "윤지우", "임현우", "한소희"],
    ["이름", "성명", "성함", "예금주", "수령인", "고객명", "담당자"],
    ["성명: {}, 나이 34", "이름은 {}입니다", "고객명 : {}\n상태 : 접수"],
  ],
  en: [
    [
      "Jane Cooper",
      "Robert Fox",
      "Emily O'Connor",
      "Michael Brown Jr.",
      "Sarah-Jane Miller",
      "David K. Lee",
      "Priya Natarajan",
      "Thomas Wright",
    ],
    [
      "Name",
      "Full name",
      "Customer name",
      "Patient",
      "Patient name",
      "First and last name",
      "Employee",
      "Contact person",
    ],
    ["Patient name: {} was admitted.", "My name is {}.", "Name: {}\nStatus: active"],
  ],
  de: [
    ["Anna Müller", "Jürgen Weiß", "Karl-Heinz Schmidt", "Sabine Krüger"],
    ["Name", "Vor- und Nachname", "Kundenname", "Ansprechpartner"],
    ["Mein Name ist {}."],
  ],
  fr: [
    ["Élodie Dupont", "Jean-Pierre Martin", "Camille Lefèvre"],
    ["Nom", "Nom et prénom", "Nom complet"],
    ["Je m'appelle {}."],
  ],
  es: [
    ["María García López", "Juan Pérez", "Lucía Fernández"],
    ["Nombre", "Nombre completo", "Nombre y apellidos"],
    ["Me llamo {}."],
  ],
  ja: [
    ["山田太郎", "佐藤花子", "鈴木一郎", "高橋美咲"],
    ["氏名", "お名前", "名前", "患者名"],
    ["氏名：{}", "私の名前は{}です。"],
  ],
  zh: [["王小明", "李雪梅", "张伟", "陈思远"], ["姓名", "客户姓名", "联系人"], ["我的名字是{}。"]],
};

const ADDRESSES: Readonly<Record<string, readonly [(random: Random) => string, readonly string[]]>> = {
  us: [
    (random) =>
      `${between(random, 10, 9999)} ${pick(random, ["Maple", "Oak Hill", "Washington", "Sunset", "N 5th"])} ${pick(random, ["St", "Street", "Ave", "Avenue", "Blvd", "Road", "Lane", "Dr."])}, ${pick(random, ["Springfield, IL", "Austin, TX", "San Jose, CA", "Albany, NY"])} ${between(random, 10000, 99999)}`,
    ["Address", "Home address", "Shipping address", "Billing address", "Mailing Address"],
  ],
  uk: [
    (random) =>
      `${between(random, 1, 250)} ${pick(random, ["High", "Baker", "Church", "Victoria"])} ${pick(random, ["Street", "Road", "Lane"])}, ${pick(random, ["London", "Leeds", "Bristol"])} ${pick(random, ["SW1A 1AA", "LS1 4AP", "BS1 5TR", "NW1 6XE"])}`,
    ["Address", "Home address", "Delivery address"],
  ],
  de: [
    (random) =>
      `${pick(random, ["Hauptstraße", "Berliner Str.", "Gartenweg", "Am Markt", "Schillerplatz"])} ${between(random, 1, 150)}${pick(random, ["", "a"])}, ${between(random, 10115, 99998)} ${pick(random, ["Berlin", "Köln", "München", "Bad Homburg"])}`,
    ["Adresse", "Anschrift", "Wohnadresse", "Lieferadresse"],
  ],
  fr: [
    (random) =>
      `${between(random, 1, 200)} ${pick(random, ["rue de la Paix", "avenue Victor Hugo", "boulevard Voltaire", "place Bellecour"])}, ${between(random, 10000, 95999)} ${pick(random, ["Paris", "Lyon", "Lille"])}`,
    ["Adresse", "Adresse postale", "Domicile"],
  ],
  ko: [
    (random) =>
      `${pick(random, ["서울특별시 강남구 테헤란로", "서울시 마포구 월드컵북로", "부산광역시 해운대구 센텀중앙로", "경기도 성남시 분당구 판교역로"])} ${between(random, 1, 500)}${pick(random, ["", `, ${between(random, 1, 20)}층`, ` ${between(random, 101, 120)}동 ${between(random, 101, 2404)}호`])}`,
    ["주소", "배송지", "자택 주소", "거주지"],
  ],
  ja: [
    (random) =>
      `${pick(random, ["東京都千代田区丸の内", "大阪府大阪市北区梅田", "神奈川県横浜市西区みなとみらい"])}${between(random, 1, 9)}-${between(random, 1, 20)}-${between(random, 1, 30)}`,
    ["住所", "現住所", "お届け先"],
  ],
  es: [
    (random) =>
      `${pick(random, ["Calle Mayor", "Avenida de América", "Plaza de España", "C/ Alcalá"])} ${between(random, 1, 200)}, ${pick(random, ["28013 Madrid", "08002 Barcelona", "41001 Sevilla"])}`,
    ["Dirección", "Domicilio"],
  ],
};

const DATES: readonly (readonly [string, (random: Random) => string])[] = [
  ["ISO", (random) => date(random, ({ year, month, day }) => `${year}-${padded(month, 2)}-${padded(day, 2)}`)],
  [
    "slashes, month first",
    (random) => date(random, ({ year, month, day }) => `${padded(month, 2)}/${padded(day, 2)}/${year}`),
  ],
  ["dots", (random) => date(random, ({ year, month, day }) => `${padded(day, 2)}.${padded(month, 2)}.${year}`)],
  ["English words", (random) => date(random, ({ year, month, day }) => `${MONTHS[month - 1]} ${day}, ${year}`)],
  [
    "English words, day first",
    (random) => date(random, ({ year, month, day }) => `${day} ${MONTHS[month - 1]} ${year}`),
  ],
  ["Korean", (random) => date(random, ({ year, month, day }) => `${year}년 ${month}월 ${day}일`)],
  ["Japanese", (random) => date(random, ({ year, month, day }) => `${year}年${month}月${day}日`)],
  ["Korean dots", (random) => date(random, ({ year, month, day }) => `${year}.${padded(month, 2)}.${padded(day, 2)}`)],
  ["eight digits", (random) => date(random, ({ year, month, day }) => `${year}${padded(month, 2)}${padded(day, 2)}`)],
  [
    "two-digit year",
    (random) =>
      date(random, ({ year, month, day }) => `${padded(month, 2)}/${padded(day, 2)}/${padded(year % 100, 2)}`),
  ],
];

const MONTHS = "January February March April May June July August September October November December".split(" ");

function date(random: Random, write: (date: ReturnType<typeof birthDate>) => string): string {
  return write(birthDate(random));
}

export const person: readonly Family[] = [
  ...Object.entries(NAMES).map(
    ([language, [names, labels, sentences]]): Family => ({
      type: "person_name",
      name: `person name ${language}`,
      make: (random) => pick(random, names),
      weak: [""],
      labels,
      keys: ["full_name", "customer_name", "patient_name", "name"],
      sentences,
      spoil: null,
    }),
  ),
  ...Object.entries(ADDRESSES).map(
    ([country, [make, labels]]): Family => ({
      type: "address",
      name: `address ${country}`,
      make,
      weak: [""],
      labels,
      keys: ["address", "street_address", "shipping_address", "home_address"],
      also: ["person_name"],
      spoil: null,
    }),
  ),
  ...DATES.map(
    ([form, make]): Family => ({
      type: "date_of_birth",
      name: `date of birth, ${form}`,
      make,
      weak: [""],
      labels: [
        "Date of birth",
        "DOB",
        "Born",
        "생년월일",
        "Geburtsdatum",
        "Date de naissance",
        "Fecha de nacimiento",
        "生年月日",
        "Birth date",
        "geb.",
      ],
      keys: ["date_of_birth", "dob", "birth_date", "birthday", "생년월일"],
      sentences: ["She was born on {} in Lyon.", "My date of birth is {}.", "생년월일은 {}입니다."],
      spoil: null,
    }),
  ),
];
