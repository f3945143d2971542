/** True when the digits end in their Verhoeff check digit (Verhoeff 1969). */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let fromRight = 0; fromRight < digits.length; fromRight++) {
    const digit = digits.charCodeAt(digits.length - 1 - fromRight) - 48;
    check = multiplyInD5(check, permuted(digit, fromRight % 8));
  }
  return check === 0;
}

/** The group of the ten symmetries of a pentagon: 0 to 4 rotate, 5 to 9 also mirror. */
function multiplyInD5(left: number, right: number): number {
  const turn = left % 5;
  if (left < 5) return right < 5 ? (turn + right) % 5 : ((turn + right) % 5) + 5;
  return right < 5 ? ((turn - right + 5) % 5) + 5 : (turn - (right % 5) + 5) % 5;
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4] as const;

function permuted(digit: number, times: number): number {
  let result = digit;
  for (let round = 0; round < times; round++) result = PERMUTATION[result] ?? 0;
  return result;
}
