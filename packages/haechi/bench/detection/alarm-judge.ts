import type { Detected } from "../../src/core/detect/detect.ts";

/**
 * True when what was found in benign text is such a thing after all, as one who
 * knows nothing of the engine would say: documents hold real addresses, and
 * examples that are as good as real.
 */
export function isTrueAlarm({ type, value, start, end }: Detected, text: string): boolean {
  const around = text.slice(Math.max(0, start - 80), Math.min(text.length, end + 30));
  const before = text.slice(Math.max(0, start - 80), start);
  switch (type) {
    case "email":
      return ADDRESS.test(value) && !/\.(?:png|jpe?g|svg|js|ts|css|py|json|md)$/i.test(value);
    case "secret":
    case "api_key":
      return looksSecret(value, before);
    case "ip_address":
      return !/\b(?:v|ver|version|release)[ :=.]*$/i.test(before) && !/\d\.$/.test(before);
    case "mac_address":
      return true;
    case "injection":
      return false;
    case "person_name":
      return isCredit(value, before) || WORDS.person_name!.test(before);
    default: {
      const words = WORDS[type];
      return words?.test(around) ?? false;
    }
  }
}

// RFC 5321 §4.1.2: a name may be quoted, and an address of the network in brackets may stand for the domain.
const ADDRESS =
  /^(?:[^\s@<>"]{1,64}|"(?:[^"\\\r\n]|\\.){1,64}")@(?:(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,24}|\[(?:IPv6:)?[\d.:a-f]+\])$/iu;

/** Words near a value that speak for it. */
const WORDS: Readonly<Record<string, RegExp>> = {
  phone:
    /\b(?:tel|phone|telephone|mobile|cell|fax|call|contact|whatsapp|sms)\b|전화|휴대폰|연락처|電話|携帯|电话|手机|tel:/i,
  card: /card|visa|mastercard|amex|카드|kreditkarte|カード|\bpan\b|payment/i,
  kr_rrn: /주민|외국인등록|rrn|resident/i,
  us_ssn: /ssn|social security/i,
  iban: /iban|account|konto|bank/i,
  jp_mynumber: /my ?number|マイナンバー|個人番号/i,
  uk_nino: /nino|national insurance/i,
  in_aadhaar: /aadhaar|aadhar|uidai/i,
  de_steuer_id: /steuer|idnr|\btin\b/i,
  nl_bsn: /bsn|burgerservice|sofi/i,
  fr_nir: /\bnir\b|sécurité sociale|insee/i,
  es_dni: /\bdni\b|\bnie\b|\bnif\b/i,
  it_codice_fiscale: /codice fiscale|\bcf\b|fiscal/i,
  sg_nric: /nric|\bfin\b/i,
  national_id:
    /national|identity|identification|citizen|personal (?:id|number|code)|pesel|curp|cnp|\brut\b|id number|id card/i,
  tax_id: /tax|vat|\btin\b|\bein\b|\bcpf\b|\bcnpj\b|\babn\b|사업자|gst|siret|\bnip\b/i,
  health_id: /health|medicare|\bnhs\b|\bnpi\b|\bdea\b|insurance|ahv/i,
  passport: /passport|여권|reisepass|passeport|旅券/i,
  driver_license: /driv|licen[cs]e|면허|führerschein|permis/i,
  bank_account: /account|bank|routing|계좌|은행|\baba\b|iban/i,
  crypto_wallet: /wallet|bitcoin|btc|ethereum|\beth\b|address|donat|coin/i,
  date_of_birth: /birth|born|dob|생년월일|geburt|naissance|nacimiento|生年月日/i,
  person_name:
    /\b(?:(?:full|first|last|customer|patient|contact)[ _-]?name|author|maintainer|by)\b|이름|성명|氏名|姓名/i,
  address: /address|street|주소|adresse|住所|dirección/i,
  device_id: /imei|iccid|idfa|device|serial/i,
  coordinates: /lat|lon|gps|coord|geo|location/i,
};

/** A person in the manifest of a package. */
function isCredit(value: string, before: string): boolean {
  return /"name":\s*"$/.test(before) && /^\p{Lu}[\p{L}.'’-]*(?: \p{Lu}[\p{L}.'’-]*){1,3}$/u.test(value);
}

const PLACEHOLDER =
  /your|example|xxx|\*{3}|placeholder|changeme|change[-_]me|dummy|sample|insert|<[^>]{1,30}>|\$\{|\{\{|process\.env|os\.environ|getenv|secrets\.|redacted|todo|fake|foo|bar|\.\.\.|…|test|demo|1234|abcd|password|secret|mykey|my[-_]/i;

/** Enough disorder, letters and digits, no name of something and no placeholder. */
function looksSecret(value: string, before: string): boolean {
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY/.test(value)) return value.length > 200;
  const body = value.replace(/^(?:Bearer|Basic|Token)\s+/i, "");
  if (PLACEHOLDER.test(body)) return false;
  if (/(?:integrity|sha\d{1,3}|checksum|digest|hash)["'`]?\s*[:=-]\s*["'`]?$/i.test(before)) return false;
  const digits = (body.match(/\d/g) ?? []).length;
  const letters = (body.match(/[A-Za-z]/g) ?? []).length;
  return body.length >= 8 && digits >= 2 && letters >= 2 && entropy(body) >= 3;
}

/** Bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
