/** True when the base64 is whole, spells printable characters and has a colon between others. */
export function spellsUserAndPassword(base64: string): boolean {
  if (base64.length % 4 !== 0) return false;
  let bits = 0;
  let held = 0;
  let text = "";
  for (const character of base64.replace(/=+$/, "")) {
    held = ((held << 6) | BASE64.indexOf(character)) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      text += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return /^[\x20-\x7e\x80-\xff]+:[\x20-\x7e\x80-\xff]+$/.test(text);
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
