import type { FoldClass, FoldRuns } from "./fold-class.ts";

/**
 * What the Unicode character database does not say: look-alikes chosen by eye
 * (the part of UTS #39 that serves to disguise identifiers) and characters that
 * people type in place of a hyphen, dot, space or quotation mark.
 */
export const CONFUSABLES: Readonly<Partial<Record<FoldClass, FoldRuns>>> = {
  // Negative circled, double circled and sans-serif circled forms have no compatibility mapping.
  strong: [
    "2776+8=1 277f=10 2780+8=1 2789=10 278a+8=1 2793=10 24f5+8=1 24fe=10 24ff=0 24eb=11 24ec=12",
    "1f10b=0 1f10c=0 1f150+19=A 1f170+19=A",
  ].join(" "),
  homoglyph: [
    // Cyrillic
    pairs("АВЕЅІЈКМНОРСТУХҮҺԚԜԌӀѴ", "ABESIJKMHOPCTYXYHQWGIV"),
    pairs("аеѕіјкморстухүһԁԛԝӏѵ", "aesijkmopctyxyhdqwlv"),
    pairs("ЗӠб", "336"),
    // Greek and Coptic
    pairs("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ABEZHIKMNOPTYXCJ"),
    pairs("αγικνορτυχϲϳ", "ayikvoptuxcj"),
    pairs("ⲀⲂⲈⲎⲒⲔⲘⲚⲞⲢⲤⲦⲨⲬ", "ABEHIKMNOPCTYX"),
    pairs("ⲟⲣⲥⲭ", "opcx"),
    // Armenian
    pairs("ՕՍՏԼօսհոցյզլ", "OUSLouhngjql"),
    // Cherokee
    pairs("ᎠᎡᎢᎥᎪᎫᎬᎳᎷᎻᎽᏀᏂᏃᏎᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏧᏮᏳᏴ", "DRTiAJEWMHYGhZ4bRWSVSLCPKd6GB"),
    // Lisu
    pairs("ꓐꓑꓒꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPdDTGKJCZFMNLSRVHWXYAEIOU"),
    // Latin look-alikes and small capitals
    pairs("ıİȷɑɡɩʋ", "iIjagiv"),
    pairs("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"),
    // The ideographic zero
    pairs("〇", "0"),
  ].join(" "),
  // 30fc and ff70 prolong a vowel, 3161 is the letter eu, 4e00 the number one: all typed as a dash.
  betweenDigits: [
    "2014=- 2e3a=- 2e3b=- 30fc=- ff70=- 3161=- 4e00=- 2500=- 2501=-",
    "b7=. 387=. 2022=. 2027=. 2219=. 22c5=. 30fb=. ff65=.",
  ].join(" "),
  hyphen: "2043=- 2d7=-",
  // The Braille blank shows nothing but is not a space to Unicode.
  space: "2800",
  // The full stops that IDNA takes for a dot (RFC 3490 §3.1).
  connector: "3002=. ff61=. 2044=/ 2215=/ 29f8=/",
  assign: "2236=: a789=: 2f8=: 589=: 5c3=:",
  quote: "2018=' 2019=' 201a=' 201b=' 2039=' 203a=' 201c=\" 201d=\" 201e=\" 201f=\" ab=\" bb=\"",
};

function pairs(lookAlikes: string, plain: string): FoldRuns {
  return [...lookAlikes].map((from, at) => `${from.codePointAt(0)?.toString(16)}=${plain[at]}`).join(" ");
}
