/** True for letters and digits of a vehicle identification number (ISO 3779) that are no word and no row of one figure. */
export function isVehicleNumber(text: string): boolean {
  const vin = text.toUpperCase();
  return /[A-Z]/.test(vin) && (vin.match(/\d/g)?.length ?? 0) >= 5 && new Set(vin).size > 6;
}

/** True when the ninth character is the check digit that North America and China demand (49 CFR 565.15). */
export function hasVehicleCheckDigit(text: string): boolean {
  if (!isVehicleNumber(text)) return false;
  const sum = [...text.toUpperCase()].reduce((total, sign, place) => total + figureOf(sign) * WEIGHTS[place]!, 0);
  return text[8]?.toUpperCase() === "0123456789X"[sum % 11];
}

const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** A to I count 1 to 9, J to R 1 to 9, S to Z 2 to 9. */
function figureOf(sign: string): number {
  if (sign <= "9") return Number(sign);
  const letter = sign.charCodeAt(0) - 65;
  return letter < 18 ? (letter % 9) + 1 : letter - 16;
}
