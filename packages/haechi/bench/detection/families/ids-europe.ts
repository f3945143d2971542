import { complement, digitsOf, luhnDigit, mod11_10Digit, until, weighted } from "../check-digits.ts";
import type { Family } from "../family.ts";
import { between, birthDate, chars, ddmmyy, made, padded, pick, type Random, yymmdd } from "../random-text.ts";

const DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

export const europeanIds: readonly Family[] = [
  {
    type: "de_steuer_id",
    name: "DE Steuer-ID",
    make: steuerId,
    strong: [],
    weak: ["## ### ### ###", ""],
    labels: [
      "Steuer-ID",
      "Steuer-IdNr.",
      "IdNr.",
      "Steueridentifikationsnummer",
      "Identifikationsnummer",
      "TIN",
      "St-IdNr",
    ],
    keys: ["steuer_id", "steuerliche_identifikationsnummer", "idnr", "tax_id"],
    sentences: [
      "Meine Steuer-ID lautet {}.",
      "Die Steueridentifikationsnummer ist {}, bitte eintragen.",
      "My German tax ID is {}.",
    ],
  },
  {
    type: "health_id",
    name: "DE pension insurance number",
    make: (random) => {
      const area = pick(random, ["10", "12", "13", "15", "24", "52", "65"]);
      const letter = chars(random, "ABCDEFGHKLMNPRSTW", 1);
      const serial = made(random, "{d:2}");
      const born = ddmmyy(birthDate(random));
      const digits = area + born + padded(letter.charCodeAt(0) - 64, 2) + serial;
      const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce((total, weight, at) => {
        const product = weight * Number(digits[at]);
        return total + Math.floor(product / 10) + (product % 10);
      }, 0);
      return `${area}${born}${letter}${serial}${sum % 10}`;
    },
    strong: ["", "## ###### # ###"],
    labels: ["Sozialversicherungsnummer", "Rentenversicherungsnummer", "SV-Nummer", "RVNR"],
    keys: ["sozialversicherungsnummer", "sv_nummer", "rentenversicherungsnummer"],
    sentences: ["Meine Sozialversicherungsnummer: {}"],
  },
  {
    type: "nl_bsn",
    name: "NL BSN",
    make: (random) =>
      until(() => {
        const body = made(random, "{n:1}{d:7}");
        const check = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        return check < 10 ? body + check : null;
      }),
    weak: ["", "###.###.###", "####.##.###", "### ### ###", "#### ## ###"],
    labels: ["BSN", "burgerservicenummer", "Burgerservicenummer", "BSN-nummer", "sofinummer"],
    keys: ["bsn", "burgerservicenummer", "citizen_service_number"],
    sentences: ["Mijn BSN is {}.", "Het burgerservicenummer van de cliënt is {}.", "Dutch BSN {} on file"],
  },
  {
    type: "fr_nir",
    name: "FR NIR",
    make: nir,
    strong: ["# ## ## ## ### ### ##", "", "# ## ## ## ### ### / ##"],
    weak: ["#.##.##.##.###.###.##", "#-##-##-##-###-###-##"],
    labels: ["NIR", "Numéro de sécurité sociale", "N° de sécurité sociale", "N° Sécu", "numéro SS", "INSEE"],
    keys: ["nir", "numero_securite_sociale", "num_secu", "insee"],
    sentences: ["Mon numéro de sécurité sociale est le {}.", "NIR du patient : {}", "His French NIR is {}."],
  },
  {
    type: "tax_id",
    name: "FR SIRET",
    make: (random) => {
      const siren = made(random, "{n:1}{d:7}");
      const body = `${siren}${luhnDigit(siren)}000${made(random, "{n:1}")}`;
      return body + luhnDigit(body);
    },
    weak: ["### ### ### #####", ""],
    labels: ["SIRET", "N° SIRET", "numéro SIRET"],
    keys: ["siret", "numero_siret"],
    sentences: ["Le SIRET de notre société est {}."],
    also: ["card"],
  },
  {
    type: "tax_id",
    name: "FR numéro fiscal",
    make: (random) => {
      const body = made(random, "{n:1}{d:9}").replace(/^./, () => String(between(random, 0, 3)));
      return body + padded(Number(body) % 511, 3);
    },
    weak: ["", "## ## ### ### ###"],
    labels: ["numéro fiscal", "Numéro fiscal", "SPI", "N° fiscal"],
    keys: ["numero_fiscal", "spi"],
    sentences: ["Mon numéro fiscal est {}."],
  },
  {
    type: "es_dni",
    name: "ES DNI",
    make: (random) => {
      const digits = made(random, "{n:1}{d:7}");
      return digits + DNI_LETTERS[Number(digits) % 23];
    },
    strong: ["", "########-#", "##.###.###-#"],
    weak: ["######## #", "########~", "########-~"],
    labels: ["DNI", "NIF", "D.N.I.", "DNI/NIF", "documento nacional de identidad"],
    keys: ["dni", "nif", "documento"],
    sentences: ["Mi DNI es {}.", "con DNI {} y domicilio en Madrid", "El NIF del cliente: {}"],
    also: ["address"],
    spoil: (value) => value.slice(0, 8) + DNI_LETTERS[(DNI_LETTERS.indexOf(value[8]!) + 5) % 23],
  },
  {
    type: "es_dni",
    name: "ES NIE",
    make: (random) => {
      const first = between(random, 0, 2);
      const digits = made(random, "{d:7}");
      return "XYZ"[first] + digits + DNI_LETTERS[Number(first + digits) % 23];
    },
    strong: ["", "#-#######-#", "########-#"],
    weak: ["~########", "#-#.###.###-#", "# ####### #"],
    labels: ["NIE", "N.I.E.", "número de identidad de extranjero", "NIE/NIF"],
    keys: ["nie", "documento_identidad"],
    sentences: ["Mi NIE es {}.", "Tengo el NIE {} desde 2019."],
    spoil: (value) => value.slice(0, 8) + DNI_LETTERS[(DNI_LETTERS.indexOf(value[8]!) + 5) % 23],
  },
  {
    type: "tax_id",
    name: "ES CIF",
    make: (random) => {
      const digits = made(random, "{d:7}");
      return chars(random, "ABEFGHJ", 1) + digits + luhnDigit(digits);
    },
    weak: ["", "#-########"],
    labels: ["CIF", "C.I.F.", "NIF empresa"],
    keys: ["cif", "nif_empresa"],
    sentences: ["Factura a nombre de Ejemplo S.L. con CIF {}."],
    also: ["passport"],
  },
  {
    type: "uk_nino",
    name: "UK NINO",
    make: (random) => {
      const prefix = until(() => {
        const letters = chars(random, "ABCEGHJKLMNOPRSTWXYZ", 1) + chars(random, "ABCEGHJKLMNPRSTWXYZ", 1);
        return ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].includes(letters) ? null : letters;
      });
      return prefix + made(random, "{d:6}") + chars(random, "ABCD", 1);
    },
    strong: ["## ## ## ## #", ""],
    weak: ["##-##-##-##-#", "~~######~", "~~ ## ## ## ~", "## ###### #"],
    labels: ["NINO", "NI number", "National Insurance number", "National Insurance No.", "NI No"],
    keys: ["nino", "national_insurance_number", "ni_number"],
    sentences: ["My National Insurance number is {}.", "NI number {} is on the payslip."],
    spoil: (value) => `D${value.slice(1)}`,
  },
  {
    type: "health_id",
    name: "UK NHS number",
    make: (random) =>
      until(() => {
        const body = made(random, `${pick(random, ["4", "6", "7", "9"])}{d:8}`);
        const check = complement(weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]), 11);
        return check === null ? null : body + check;
      }),
    weak: ["### ### ####", "###-###-####", ""],
    labels: ["NHS number", "NHS No", "NHS no.", "nhs number"],
    keys: ["nhs_number", "nhs_no"],
    sentences: ["The patient's NHS number is {}.", "NHS {} was referred to cardiology"],
    also: ["phone"],
  },
  {
    type: "tax_id",
    name: "UK UTR",
    make: (random) => {
      const body = made(random, "{d:9}");
      return "21987654321"[weighted(body, [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] + body;
    },
    weak: ["", "##### #####"],
    labels: ["UTR", "Unique Taxpayer Reference", "UTR number"],
    keys: ["utr", "unique_taxpayer_reference"],
    sentences: ["My Unique Taxpayer Reference is {}."],
    also: ["phone"],
    spoil: null,
  },
  {
    type: "it_codice_fiscale",
    name: "IT codice fiscale",
    make: (random) => codiceFiscale(random, 0),
    strong: ["", "### ### ##### #####", "~~~~~~~~~~~~~~~~"],
    labels: ["Codice fiscale", "C.F.", "CF", "Cod. Fisc.", "codice fiscale"],
    keys: ["codice_fiscale", "cf", "fiscal_code"],
    sentences: ["Il mio codice fiscale è {}.", "nato a Roma, C.F. {}, residente in Italia"],
    spoil: (value) => value.slice(0, 15) + (value[15] === "Q" ? "W" : "Q"),
  },
  {
    type: "it_codice_fiscale",
    name: "IT codice fiscale, omocodia",
    make: (random) => codiceFiscale(random, between(random, 1, 4)),
    strong: [""],
    labels: ["Codice fiscale", "CF"],
    keys: ["codice_fiscale"],
    sentences: ["Il codice fiscale {} è corretto?"],
    spoil: (value) => value.slice(0, 15) + (value[15] === "Q" ? "W" : "Q"),
  },
  {
    type: "tax_id",
    name: "IT partita IVA",
    make: (random) => {
      const body = made(random, `0{d:6}${padded(between(random, 1, 100), 3)}`);
      return body + luhnDigit(body);
    },
    strong: ["IT###########"],
    weak: ["", "IT ###########"],
    labels: ["P.IVA", "Partita IVA", "P. IVA", "partita iva"],
    keys: ["partita_iva", "p_iva", "vat_number"],
    sentences: ["La nostra partita IVA è {}."],
  },
  {
    type: "national_id",
    name: "PL PESEL",
    make: (random) => {
      const { year, month, day } = birthDate(random);
      const body = `${padded(year % 100, 2)}${padded(month + (year >= 2000 ? 20 : 0), 2)}${padded(day, 2)}${made(random, "{d:4}")}`;
      return body + ((10 - (weighted(body, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10);
    },
    weak: [""],
    labels: ["PESEL", "Numer PESEL", "nr PESEL"],
    keys: ["pesel", "numer_pesel"],
    sentences: ["Mój PESEL to {}.", "Proszę podać PESEL: {}"],
  },
  {
    type: "tax_id",
    name: "PL NIP",
    make: (random) =>
      until(() => {
        const body = made(random, "{n:1}{n:1}{n:1}{d:6}");
        const check = weighted(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11;
        return check < 10 ? body + check : null;
      }),
    strong: ["PL##########"],
    weak: ["###-###-##-##", "", "###-##-##-###"],
    labels: ["NIP", "Numer NIP", "nr NIP"],
    keys: ["nip", "numer_nip"],
    sentences: ["NIP firmy to {}."],
    also: ["phone"],
  },
  {
    type: "national_id",
    name: "SE personnummer",
    make: (random) => {
      const date = birthDate(random);
      const body = yymmdd(date) + made(random, "{d:3}");
      return `${date.year < 2000 ? 19 : 20}${body}${luhnDigit(body)}`;
    },
    strong: ["########-####"],
    weak: [""],
    labels: ["personnummer", "Personnummer", "pers.nr", "Swedish personal number"],
    keys: ["personnummer", "personal_number"],
    sentences: ["Mitt personnummer är {}."],
    also: ["phone"],
  },
  {
    type: "national_id",
    name: "SE personnummer, ten digits",
    make: (random) => {
      const body = yymmdd(birthDate(random)) + made(random, "{d:3}");
      return body + luhnDigit(body);
    },
    strong: ["######-####"],
    weak: ["", "######+####"],
    labels: ["personnummer", "Pnr", "Personnr"],
    keys: ["personnummer", "pnr"],
    sentences: ["Ange personnummer {} vid betalning."],
    also: ["phone"],
  },
  {
    type: "national_id",
    name: "FI henkilötunnus",
    make: (random) => {
      const date = birthDate(random);
      const serial = padded(between(random, 2, 899), 3);
      const born = ddmmyy(date);
      return `${born}${date.year < 2000 ? "-" : "A"}${serial}${"0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(born + serial) % 31]}`;
    },
    strong: [""],
    labels: ["henkilötunnus", "HETU", "hetu", "Finnish personal identity code"],
    keys: ["hetu", "henkilotunnus"],
    sentences: ["Henkilötunnukseni on {}."],
    spoil: (value) => value.slice(0, 10) + (value[10] === "T" ? "U" : "T"),
  },
  {
    type: "national_id",
    name: "DK CPR",
    make: (random) => ddmmyy(birthDate(random, 1945, 1999)) + between(random, 0, 3) + made(random, "{d:3}"),
    strong: [],
    weak: ["######-####", ""],
    labels: ["CPR", "CPR-nummer", "cpr-nr.", "CPR nr"],
    keys: ["cpr", "cpr_nummer", "cpr_number"],
    sentences: ["Mit CPR-nummer er {}."],
    also: ["phone"],
    spoil: null,
  },
  {
    type: "national_id",
    name: "NO fødselsnummer",
    make: (random) =>
      until(() => {
        const body = ddmmyy(birthDate(random, 1945, 1999)) + padded(between(random, 0, 499), 3);
        const first = complement(weighted(body, [3, 7, 6, 1, 8, 9, 4, 5, 2]), 11);
        if (first === null) return null;
        const second = complement(weighted(body + first, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11);
        return second === null ? null : `${body}${first}${second}`;
      }),
    weak: ["", "###### #####"],
    labels: ["fødselsnummer", "Fødselsnummer", "personnummer", "fnr"],
    keys: ["fodselsnummer", "fnr", "personnummer"],
    sentences: ["Fødselsnummeret mitt er {}."],
  },
  {
    type: "national_id",
    name: "BE rijksregisternummer",
    make: (random) => {
      const date = birthDate(random);
      const body = yymmdd(date) + padded(between(random, 1, 997), 3);
      return body + padded(97 - (Number(`${date.year >= 2000 ? "2" : ""}${body}`) % 97), 2);
    },
    strong: ["##.##.##-###.##"],
    weak: ["", "## ## ## ### ##", "##.##.##-###-##"],
    labels: ["rijksregisternummer", "Numéro de registre national", "NISS", "INSZ", "registre national"],
    keys: ["rijksregisternummer", "niss", "national_number"],
    sentences: ["Mijn rijksregisternummer is {}.", "Mon numéro de registre national : {}"],
  },
  {
    type: "health_id",
    name: "CH AHV",
    make: (random) => {
      const body = `756${made(random, "{d:9}")}`;
      const sum = digitsOf(body).reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 1 : 3), 0);
      return body + ((10 - (sum % 10)) % 10);
    },
    strong: ["###.####.####.##"],
    weak: ["", "### #### #### ##"],
    labels: ["AHV-Nummer", "AHV-Nr.", "numéro AVS", "AVS", "OASI number", "Sozialversicherungsnummer"],
    keys: ["ahv_nummer", "avs", "ahv"],
    sentences: ["Meine AHV-Nummer ist {}.", "Mon numéro AVS est {}."],
  },
  {
    type: "health_id",
    name: "AT Sozialversicherungsnummer",
    make: (random) =>
      until(() => {
        const serial = String(between(random, 100, 999));
        const born = ddmmyy(birthDate(random));
        const check = weighted(serial + born, [3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11;
        return check < 10 ? serial + check + born : null;
      }),
    weak: ["#### ######", ""],
    labels: ["SVNR", "Sozialversicherungsnummer", "SV-Nr.", "SVNr"],
    keys: ["svnr", "sozialversicherungsnummer"],
    sentences: ["Meine österreichische Sozialversicherungsnummer lautet {}."],
    also: ["phone"],
  },
  {
    type: "tax_id",
    name: "PT NIF",
    make: (random) => {
      const body = `${pick(random, ["1", "2", "5"])}${made(random, "{d:7}")}`;
      const remainder = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      return body + (remainder < 2 ? 0 : 11 - remainder);
    },
    strong: ["PT#########"],
    weak: ["", "### ### ###"],
    labels: ["NIF", "Contribuinte", "NIF n.º", "número de contribuinte"],
    keys: ["nif", "contribuinte"],
    sentences: ["O meu número de contribuinte é {}."],
    also: ["phone"],
  },
  {
    type: "national_id",
    name: "CZ/SK rodné číslo",
    make: (random) =>
      until(() => {
        const date = birthDate(random, 1955, 1999);
        const woman = random(2) === 0;
        const body = `${padded(date.year % 100, 2)}${padded(date.month + (woman ? 50 : 0), 2)}${padded(date.day, 2)}${made(random, "{d:3}")}`;
        const check = Number(body) % 11;
        return check < 10 ? body + check : null;
      }),
    strong: ["######/####"],
    weak: [""],
    labels: ["rodné číslo", "Rodné číslo", "r.č.", "RČ"],
    keys: ["rodne_cislo", "rc"],
    sentences: ["Moje rodné číslo je {}."],
    also: ["phone"],
  },
  {
    type: "national_id",
    name: "RO CNP",
    make: (random) => {
      const date = birthDate(random);
      const gender = String((date.year < 2000 ? 1 : 5) + random(2));
      const body = `${gender}${yymmdd(date)}${padded(between(random, 1, 46), 2)}${padded(between(random, 1, 999), 3)}`;
      const check = weighted(body, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
      return body + (check === 10 ? 1 : check);
    },
    weak: [""],
    labels: ["CNP", "Cod numeric personal", "C.N.P."],
    keys: ["cnp", "cod_numeric_personal"],
    sentences: ["CNP-ul meu este {}."],
  },
  {
    type: "national_id",
    name: "BG EGN",
    make: (random) => {
      const { year, month, day } = birthDate(random);
      const body = `${padded(year % 100, 2)}${padded(month + (year >= 2000 ? 40 : 0), 2)}${padded(day, 2)}${made(random, "{d:3}")}`;
      return body + ((weighted(body, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10);
    },
    weak: [""],
    labels: ["ЕГН", "EGN"],
    keys: ["egn"],
    sentences: ["Моето ЕГН е {}."],
    also: ["phone"],
  },
  {
    type: "national_id",
    name: "HR OIB",
    make: (random) => {
      const body = made(random, "{d:10}");
      return body + (mod11_10Digit(body) % 10);
    },
    weak: [""],
    labels: ["OIB", "Osobni identifikacijski broj"],
    keys: ["oib"],
    sentences: ["Moj OIB je {}."],
  },
  {
    type: "national_id",
    name: "EE/LT personal code",
    make: (random) => {
      const date = birthDate(random);
      const body = `${(date.year < 2000 ? 3 : 5) + random(2)}${yymmdd(date)}${made(random, "{d:3}")}`;
      let check = weighted(body, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
      if (check === 10) check = weighted(body, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
      return body + (check % 10);
    },
    weak: [""],
    labels: ["isikukood", "Isikukood", "asmens kodas", "Asmens kodas"],
    keys: ["isikukood", "asmens_kodas"],
    sentences: ["Minu isikukood on {}.", "Mano asmens kodas {}."],
  },
  {
    type: "tax_id",
    name: "GR AFM",
    make: (random) => {
      const body = made(random, "{n:1}{d:7}");
      return body + ((weighted(body, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10);
    },
    strong: ["EL#########"],
    weak: [""],
    labels: ["ΑΦΜ", "AFM", "Α.Φ.Μ."],
    keys: ["afm"],
    sentences: ["Το ΑΦΜ μου είναι {}."],
  },
  {
    type: "tax_id",
    name: "IE PPS",
    make: (random) => {
      const digits = made(random, "{n:1}{d:6}");
      return digits + "WABCDEFGHIJKLMNOPQRSTUV"[weighted(digits, [8, 7, 6, 5, 4, 3, 2]) % 23];
    },
    weak: ["", "####### #"],
    labels: ["PPS", "PPS number", "PPSN", "PPS No"],
    keys: ["ppsn", "pps_number"],
    sentences: ["My PPS number is {}."],
    spoil: (value) => value.slice(0, 7) + (value[7] === "W" ? "A" : "W"),
  },
  {
    type: "national_id",
    name: "TR T.C. kimlik",
    make: (random) => {
      const body = made(random, "{n:1}{d:8}");
      const digits = digitsOf(body);
      const odd = digits.filter((_, at) => at % 2 === 0).reduce((sum, digit) => sum + digit, 0);
      const even = digits.filter((_, at) => at % 2 === 1).reduce((sum, digit) => sum + digit, 0);
      const tenth = (((odd * 7 - even) % 10) + 10) % 10;
      return `${body}${tenth}${(odd + even + tenth) % 10}`;
    },
    weak: [""],
    labels: ["T.C. Kimlik No", "TC Kimlik", "TCKN", "kimlik numarası"],
    keys: ["tckn", "tc_kimlik_no", "kimlik_no"],
    sentences: ["T.C. kimlik numaram {}.", "Benim TC kimlik no: {}"],
  },
  {
    type: "tax_id",
    name: "RU INN",
    make: (random) => {
      const body = made(random, `${pick(random, ["77", "78", "50", "66"])}{d:8}`);
      const first = (weighted(body, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
      return `${body}${first}${(weighted(body + first, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10}`;
    },
    weak: [""],
    labels: ["ИНН", "INN"],
    keys: ["inn"],
    sentences: ["Мой ИНН {}."],
  },
  {
    type: "health_id",
    name: "RU SNILS",
    make: (random) => {
      const body = made(random, "1{d:8}");
      const sum = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101;
      return body + padded(sum % 100, 2);
    },
    strong: ["###-###-### ##"],
    weak: ["", "###-###-###-##"],
    labels: ["СНИЛС", "SNILS"],
    keys: ["snils"],
    sentences: ["Мой СНИЛС: {}"],
  },
  ...euVatNumbers(),
];

/** VAT numbers with their country in front, as invoices print them. */
function euVatNumbers(): Family[] {
  const makers: Readonly<Record<string, (random: Random) => string>> = {
    DE: (random) => {
      const body = made(random, "{n:1}{d:7}");
      return `DE${body}${mod11_10Digit(body) % 10}`;
    },
    FR: (random) => {
      const body = made(random, "{n:1}{d:7}");
      const siren = body + luhnDigit(body);
      return `FR${padded((12 + 3 * (Number(siren) % 97)) % 97, 2)}${siren}`;
    },
    NL: (random) =>
      until(() => {
        const body = made(random, "{n:1}{d:7}");
        const check = weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
        return check < 10 ? `NL${body}${check}B0${between(random, 1, 3)}` : null;
      }),
    BE: (random) => {
      const body = `0${made(random, "{n:1}{d:6}")}`;
      return `BE${body}${padded(97 - (Number(body) % 97), 2)}`;
    },
    AT: (random) => {
      const body = made(random, "{n:1}{d:6}");
      const doubled = digitsOf(body).reduce((sum, digit, at) => {
        const product = digit * (at % 2 === 0 ? 1 : 2);
        return sum + (product > 9 ? product - 9 : product);
      }, 0);
      return `ATU${body}${(10 - ((doubled + 4) % 10)) % 10}`;
    },
    DK: (random) =>
      until(() => {
        const body = made(random, "{n:1}{d:6}");
        const check = complement(weighted(body, [2, 7, 6, 5, 4, 3, 2]), 11);
        return check === null ? null : `DK${body}${check}`;
      }),
    FI: (random) =>
      until(() => {
        const body = made(random, "{n:1}{d:6}");
        const check = complement(weighted(body, [7, 9, 10, 5, 8, 4, 2]), 11);
        return check === null ? null : `FI${body}${check}`;
      }),
    GB: (random) =>
      until(() => {
        const body = made(random, "{n:1}{d:6}");
        const sum = weighted(body, [8, 7, 6, 5, 4, 3, 2]);
        return `GB${body}${padded(97 - (sum % 97), 2)}`;
      }),
  };
  return Object.entries(makers).map(([country, make]) => ({
    type: "tax_id",
    name: `${country} VAT number`,
    make,
    weak: [""],
    labels: [
      "VAT",
      "VAT number",
      "VAT ID",
      "VAT No.",
      country === "DE" || country === "AT" ? "USt-IdNr." : "VAT Reg No",
    ],
    keys: ["vat_number", "vat_id", "vat"],
    sentences: ["Our VAT number is {}."],
    spoil: null,
  }));
}

/** Eleven digits, of which one of the first ten stands twice and one is missing. */
function steuerId(random: Random): string {
  const body = until(() => {
    const digits = chars(random, "123456789", 1) + chars(random, "0123456789", 9);
    const counts = [...new Set(digits)].map((digit) => digits.split(digit).length - 1).sort();
    return counts.join("") === "111111112" || counts.join("") === "11111113" ? digits : null;
  });
  return body + (mod11_10Digit(body) % 10);
}

function nir(random: Random): string {
  const { year, month } = birthDate(random);
  const department = pick(random, ["75", "13", "69", "33", "2A", "2B", "59", "97"]);
  const commune =
    department === "97" ? `${between(random, 1, 4)}${made(random, "{d:2}")}` : padded(between(random, 1, 559), 3);
  const body = `${pick(random, ["1", "2"])}${padded(year % 100, 2)}${padded(month, 2)}${department}${commune}${padded(between(random, 1, 899), 3)}`;
  const number = BigInt(body.replace("2A", "19").replace("2B", "18"));
  return body + padded(97 - Number(number % 97n), 2);
}

const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** With so many of its digits written as letters, from the right (D.M. 23/12/1976). */
function codiceFiscale(random: Random, omocodia: number): string {
  const { year, month, day } = birthDate(random);
  const surname = pick(random, ["RSS", "BNC", "VRD", "FRR", "SPS", "RMN", "CLM", "GLL", "CNT", "MRN"]);
  const first = pick(random, ["MRA", "LCU", "GPP", "NNA", "FNC", "LSN", "GLI", "CHR", "PLA", "DVD"]);
  const place = pick(random, ["H501", "F205", "L219", "A944", "D612", "F839", "Z112", "G273"]);
  const born = `${padded(year % 100, 2)}${"ABCDEHLMPRST"[month - 1]}${padded(day + (random(2) === 0 ? 40 : 0), 2)}`;
  const body = [...(surname + first + born + place)];
  for (const at of [14, 13, 12, 10, 9, 7, 6].slice(0, omocodia)) body[at] = "LMNPQRSTUV"[Number(body[at])]!;
  const sum = body.reduce((total, character, at) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (at % 2 === 0 ? ODD_VALUES[value]! : value);
  }, 0);
  return body.join("") + String.fromCharCode(65 + (sum % 26));
}
