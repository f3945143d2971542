import { complement, digitsOf, luhnDigit, until, weighted } from "../check-digits.ts";
import type { Family } from "../family.ts";
import { between, birthDate, chars, made, padded, pick, yymmdd } from "../random-text.ts";

export const americanAndAfricanIds: readonly Family[] = [
  {
    type: "us_ssn",
    name: "US SSN",
    make: (random) =>
      until(() => {
        const area = between(random, 1, 899);
        return area === 666
          ? null
          : padded(area, 3) + padded(between(random, 1, 99), 2) + padded(between(random, 1, 9999), 4);
      }),
    strong: ["###-##-####"],
    weak: ["### ## ####", "###.##.####", ""],
    labels: ["SSN", "Social Security Number", "social security number", "Social Security No.", "SS#", "ssn", "Social"],
    keys: ["ssn", "social_security_number", "social_security", "applicant_ssn"],
    sentences: [
      "My SSN is {}.",
      "her social security number ({}) was leaked",
      "Patient's social is {} per intake form",
    ],
    also: ["phone"],
    spoil: (value) => pick((bound) => Number(value[4]) % bound, ["000", "666"]) + value.slice(3),
  },
  {
    type: "tax_id",
    name: "US ITIN",
    make: (random) =>
      `9${made(random, "{d:2}")}${pick(random, ["70", "75", "82", "88", "90", "94", "50", "63"])}${made(random, "{d:4}")}`,
    strong: ["###-##-####"],
    weak: ["### ## ####", ""],
    labels: ["ITIN", "Individual Taxpayer Identification Number", "Tax ID (ITIN)"],
    keys: ["itin", "taxpayer_id"],
    sentences: ["My ITIN is {}."],
    also: ["us_ssn", "phone"],
    spoil: null,
  },
  {
    type: "tax_id",
    name: "US EIN",
    make: (random) => pick(random, ["12", "20", "27", "36", "45", "82", "94"]) + made(random, "{d:7}"),
    weak: ["##-#######"],
    labels: ["EIN", "Employer Identification Number", "Federal Tax ID", "FEIN"],
    keys: ["ein", "employer_identification_number", "federal_tax_id"],
    sentences: ["The company's EIN is {}."],
    also: ["phone"],
    spoil: null,
  },
  {
    type: "health_id",
    name: "US NPI",
    make: (random) => {
      const body = made(random, `${pick(random, ["1", "2"])}{d:8}`);
      return body + luhnDigit(`80840${body}`);
    },
    weak: [""],
    labels: ["NPI", "National Provider Identifier", "NPI number", "Provider NPI"],
    keys: ["npi", "provider_npi"],
    sentences: ["Dr. Smith's NPI is {}."],
    also: ["person_name"],
  },
  {
    type: "health_id",
    name: "US MBI",
    make: (random) => {
      const letter = () => chars(random, "ACDEFGHJKMNPQRTUVWXY", 1);
      const either = () => chars(random, "ACDEFGHJKMNPQRTUVWXY0123456789", 1);
      const digit = () => made(random, "{d:1}");
      return `${made(random, "{n:1}")}${letter()}${either()}${digit()}${letter()}${either()}${digit()}${letter()}${letter()}${digit()}${digit()}`;
    },
    strong: ["####-###-####"],
    weak: [""],
    labels: ["MBI", "Medicare Beneficiary Identifier", "Medicare number", "Medicare ID"],
    keys: ["mbi", "medicare_id"],
    sentences: ["The patient's MBI is {}."],
    spoil: (value) => `0${value.slice(1)}`,
  },
  {
    type: "health_id",
    name: "US DEA number",
    make: (random) => {
      const digits = made(random, "{d:6}");
      const [a, b, c, d, e, f] = digitsOf(digits) as [number, number, number, number, number, number];
      return `${pick(random, ["A", "B", "F", "M"])}${made(random, "{U:1}")}${digits}${(a + c + e + 2 * (b + d + f)) % 10}`;
    },
    weak: [""],
    labels: ["DEA", "DEA number", "DEA No.", "DEA Reg. No."],
    keys: ["dea_number", "dea"],
    sentences: ["Prescriber DEA number {} on the label."],
  },
  {
    type: "tax_id",
    name: "CA SIN",
    make: (random) => {
      const body = made(random, `${between(random, 1, 7)}{d:7}`);
      return body + luhnDigit(body);
    },
    weak: ["###-###-###", "### ### ###", ""],
    labels: ["SIN", "Social Insurance Number", "NAS", "numéro d'assurance sociale", "S.I.N."],
    keys: ["sin", "social_insurance_number", "canadian_sin"],
    sentences: ["My Social Insurance Number is {}.", "Mon numéro d'assurance sociale est le {}."],
    also: ["phone"],
  },
  {
    type: "tax_id",
    name: "BR CPF",
    make: (random) => {
      const body = made(random, "{d:9}");
      const first = complement(weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) ?? 0;
      const second = complement(weighted(body + first, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) ?? 0;
      return `${body}${first}${second}`;
    },
    strong: ["###.###.###-##"],
    weak: ["", "###.###.###.##", "### ### ### ##", "#########-##"],
    labels: ["CPF", "C.P.F.", "CPF nº", "cpf"],
    keys: ["cpf", "numero_cpf"],
    sentences: ["Meu CPF é {}.", "inscrito no CPF sob o nº {}"],
  },
  {
    type: "tax_id",
    name: "BR CNPJ",
    make: (random) => {
      const body = `${made(random, "{d:8}")}0001`;
      const first = complement(weighted(body, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]), 11) ?? 0;
      const second = complement(weighted(body + first, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]), 11) ?? 0;
      return `${body}${first}${second}`;
    },
    strong: ["##.###.###/####-##"],
    weak: ["", "## ### ### #### ##"],
    labels: ["CNPJ", "CNPJ nº", "C.N.P.J."],
    keys: ["cnpj"],
    sentences: ["O CNPJ da empresa é {}."],
  },
  {
    type: "national_id",
    name: "MX CURP",
    make: (random) => {
      const { year, month, day } = birthDate(random);
      const alphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
      const head = pick(random, ["GOML", "HERA", "PEGJ", "LOSM", "MARC"]);
      const body = `${head}${padded(year % 100, 2)}${padded(month, 2)}${padded(day, 2)}${pick(random, ["H", "M"])}${pick(random, ["DF", "JC", "NL", "MC", "PL"])}${chars(random, "BCDFGHJKLMNPRSTVZ", 3)}${year < 2000 ? made(random, "0") : "A"}`;
      const sum = [...body].reduce((total, character, at) => total + alphabet.indexOf(character) * (18 - at), 0);
      return body + ((10 - (sum % 10)) % 10);
    },
    strong: [""],
    labels: ["CURP", "Clave Única de Registro de Población", "C.U.R.P."],
    keys: ["curp"],
    sentences: ["Mi CURP es {}."],
  },
  {
    type: "tax_id",
    name: "MX RFC",
    make: (random) =>
      `${pick(random, ["GOML", "HERA", "PEGJ", "LOSM", "MARC"])}${yymmdd(birthDate(random))}${made(random, "{Z:2}")}${chars(random, "0123456789A", 1)}`,
    weak: [""],
    labels: ["RFC", "R.F.C.", "Registro Federal de Contribuyentes"],
    keys: ["rfc"],
    sentences: ["Mi RFC es {}."],
    spoil: null,
  },
  {
    type: "national_id",
    name: "CL RUT",
    make: (random) => {
      const body = String(between(random, 7_000_000, 24_999_999)).padStart(8, "0");
      const sum = [...body].reverse().reduce((total, digit, at) => total + Number(digit) * (2 + (at % 6)), 0);
      return body + "0K987654321"[sum % 11];
    },
    strong: ["##.###.###-#"],
    weak: ["########-#", ""],
    labels: ["RUT", "RUN", "R.U.T.", "Rut"],
    keys: ["rut", "run"],
    sentences: ["Mi RUT es {}."],
    spoil: (value) => value.slice(0, 8) + (value[8] === "K" ? "5" : "K"),
  },
  {
    type: "tax_id",
    name: "AR CUIT",
    make: (random) =>
      until(() => {
        const body = pick(random, ["20", "27", "23", "30"]) + made(random, "{n:1}{d:7}");
        const check = complement(weighted(body, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11);
        return check === null ? null : body + check;
      }),
    strong: ["##-########-#"],
    weak: [""],
    labels: ["CUIT", "CUIL", "C.U.I.T.", "CUIT/CUIL"],
    keys: ["cuit", "cuil"],
    sentences: ["Mi CUIL es {}."],
  },
  {
    type: "national_id",
    name: "ZA id number",
    make: (random) => {
      const body = `${yymmdd(birthDate(random))}${made(random, "{d:4}")}${between(random, 0, 1)}8`;
      return body + luhnDigit(body);
    },
    weak: ["", "###### #### ## #"],
    labels: ["ID number", "South African ID", "SA ID", "ID No", "RSA ID number"],
    keys: ["id_number", "sa_id", "south_african_id"],
    sentences: ["My South African ID number is {}."],
    also: ["card"],
  },
  {
    type: "national_id",
    name: "IL teudat zehut",
    make: (random) => {
      const body = made(random, "{n:1}{d:7}");
      return body + luhnDigit(body);
    },
    weak: [""],
    labels: ["תעודת זהות", "ת.ז.", "Teudat Zehut", "Israeli ID"],
    keys: ["teudat_zehut", "israeli_id"],
    sentences: ["מספר תעודת הזהות שלי הוא {}"],
  },
];
