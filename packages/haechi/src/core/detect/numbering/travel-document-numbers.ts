/** A passport number: seven to ten characters with five digits or more, none of them a date. */
export function isPassportNumber(match: string): boolean {
  const compact = match.replace(/[ -]/g, "");
  const digits = compact.replace(/\D/g, "");
  if (compact.length < 7 || digits.length < 5 || /^(\d)\1+$/.test(digits)) return false;
  return !/^(?:19|20)\d{2}(?:0\d|1[0-2])[0-3]\d$/.test(match);
}

/** A driving licence number: six to eighteen letters and digits, five digits or more (a German one fewer), no date. */
export function isDrivingLicenceNumber(match: string): boolean {
  const compact = match.replace(/[^A-Za-z\d]/g, "");
  const digits = compact.replace(/\D/g, "");
  const digitsMin = /^[A-Z]\d{2}[A-Z\d]{8}$/.test(compact) ? 3 : 5;
  if (compact.length < 6 || compact.length > 18 || digits.length < digitsMin || /^(\d)\1+$/.test(digits)) return false;
  return !/^(?:19|20)\d{2}[-/. ]?(?:0[1-9]|1[0-2])[-/. ]?[0-3]\d$/.test(match);
}

/** The code of a state or union territory of India opens the number of a driving licence. */
export function hasIndianState(match: string): boolean {
  return INDIAN_STATES.has(match.slice(0, 2));
}

const INDIAN_STATES = new Set(
  "AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS UK UP WB".split(
    " ",
  ),
);
