// Texts about attacks hold the words of attacks: they quote them, report them, or say
// with the same words something of people and machines. What stands around tells.

/** How far around a finding it is looked whether somebody speaks of it, in characters. */
export const SPOKEN_OF_REACH = 160;

/** True when what stands before and behind says that this is no order to the model that reads it. */
export function isSpokenOf(before: string, after: string): boolean {
  return isExample(before, after) || isReported(before) || isOnAnotherMatter(after) || isOfCharacter(before);
}

const OPENED = /(?:^|[\s([{=:,>|])["'“„«「『`‘](?! \w)[^"“”„»«「」『』`\n]{0,90}$|[“„«「『][^"“”„»«」』`\n]{0,90}$/;
const CLOSED = /^[^"“”»」』`\n]{0,120}?["'”“»」』`’]/;
const IN_CELL = /\|\s{0,2}$/;
const CELL_ENDS = /^[^|\n]{0,80}\|/;

// Words of those who write about attacks, in the languages of the rules.
const ABOUT_ATTACKS = new RegExp(
  [
    "inject|jailbreak|attack|payload|adversar|exploit|malicious|red.?team|guardrail|owasp|cve-\\d|moderat|classif|detect",
    "phrase|keyword|regex|pattern|pasted|typed|such as|e\\.g\\.|known as|(?:prompts?|strings?|sentences?|texts?|messages?|inputs?|something|things?|commands?) (?:like|such)|(?:prompts?|strings?|sentences?|words?|lines?|inputs?|titled|entitled|called) [\"'“‘„«]",
    "novel|fiction|limerick|comic|villain|dialogue|screenplay|poem|\\bjokes?\\b",
    "인젝션|공격|탈옥|インジェクション|攻撃|注入|攻击|攻擊|越狱|angriff|attaque|ataque|inyecci|injeç|iniezion|attacc|\\batak|инъекц|атак",
    "saldırı|enjeksiyon|हमला|हमले|इंजेक्शन|हमल|هجوم|حقن|aanval|injectie|wstrzyk|tấn công|serangan|injeksi",
  ].join("|"),
  "i",
);

/** In quotation marks or a cell of a table, of a text about attacks or of a story. */
function isExample(before: string, after: string): boolean {
  const isQuoted = OPENED.test(before) && CLOSED.test(after);
  const isInCell = IN_CELL.test(before) && CELL_ENDS.test(after);
  return (isQuoted || isInCell) && (ABOUT_ATTACKS.test(before) || ABOUT_ATTACKS.test(after));
}

// "An attacker may try to …": an infinitive whose subject is not the reader.
const OTHERS = [
  "attackers?|adversar(?:y|ies)|hackers?|someone|anyone|robot|try|tries|tried|trying|attempt(?:s|ed|ing)?|tend(?:s|ed)?|ways?|techniques?|designed|how",
  "(?:was|were|been|being|when|if|got|gets|had|he|she|they|i|we) (?:told|asked|ordered|instructed|tricked|persuaded)",
  "(?:asked|told|tricked|persuaded|made|gets?|got) (?:it|him|her|them|chatbots|models|the \\w{2,12})",
].join("|");
const BY_OTHERS = new RegExp(
  `(?<!\\w)(?:${OTHERS})(?!\\w)[^.!?:;\\n]{0,40}\\sto\\s(?:[\\w' ]{1,40}\\s(?:and|or)\\s)?$`,
  "i",
);
// "If a user asks you to …": what a guard is told.
const ON_CONDITION =
  /(?<!\w)(?:if|when|whenever|unless|should|in case)\s(?:(?:an?|the|any|some)\s)?(?:users?|someone|somebody|anyone|anybody|they|texts?|messages?|documents?|pages?|people|customers?|attackers?)\s[^.!?;\n]{0,50}\b(?:to|say|says|like)\s["'“]?$/i;
const AGAINST = new RegExp(
  `(?<!\\w)(?:${[
    "how (?:do|can|could|would|should) (?:i|we|one)\\s[^.!?:;,\\n]{0,40}",
    "how to\\s(?:\\w{1,14}\\s){0,3}",
    "(?:prevent|stop|keep|protect|guard|block)(?:s|ing|ed|ping)?\\s[^.!?:;,\\n]{1,30}\\s(?:from|against)\\s[^.!?:;,\\n]{0,30}",
    "(?:what does|refuses? to|refused to|must not|never to|not to|cannot|can't|won't|doesn't|does not)\\s",
  ].join("|")})$`,
  "i",
);
const TOLD =
  /(?<!\w)(?:that|who|which)\s(?:was|is|were|are|has been|had been|gets?|got)\s(?:told|asked|ordered|made|tricked)\sto\s$/i;
const THE_READER = /(?<!\w)(?:you|your|assistant|ai|agent)(?!\w)[^.!?\n]{0,24}\sto\s$/i;

/** As what others do, or what is to be prevented. */
function isReported(before: string): boolean {
  if (ON_CONDITION.test(before) || AGAINST.test(before)) return true;
  return TOLD.test(before) || (BY_OTHERS.test(before) && !THE_READER.test(before));
}

// What the instructions of a model are about: these do not make them the instructions of something else.
const OF_MODELS =
  "assistant|ai|model|chatbot|bot|agent|users?|user's|system|prompts?|chat|conversation|session|task|rest|next|moment|second|time|safety|security|content|policy|confidential\\w*|privacy|answers?|responses?|developers?|above|following|topic|harm\\w*|ethics?|beginning|start|top|rules?|message|document|text|purpose|operator|company";
const ANOTHER_MATTER = new RegExp(
  `^s?\\s(?:given\\s|issued\\s|printed\\s)?(?:(?:for|about|regarding|concerning|on|in|to)\\s(?:(?:the|an?|my|our|his|her|their|its|page|chapter|section|line)\\s(?!(?:[\\w-]+\\s)?(?:${OF_MODELS})(?!\\w))|(?!answering|summari|process|respond|refus|handling|following|something|everything|anything|nothing|being)[a-z]{2,14}ing\\s)|(?:given|issued) to\\s[A-Z])`,
);

/** Instructions for a machine, rules of the house: not those of a model. */
function isOnAnotherMatter(after: string): boolean {
  return ANOTHER_MATTER.test(after);
}

const CHARACTER =
  /(?<!\w)(?:describe|about|invent|sketch|portray|imagine|analy[sz]e)\s(?:a|an|the|some)\s(?:\w{1,14}\s){0,2}(?:character|villain|person|man|woman|king|queen|society|world|company|country|ruler|politician)s?\s[^.!?:\n]{0,24}$/i;

/** Said of a person or a world in a story. */
function isOfCharacter(before: string): boolean {
  return CHARACTER.test(before);
}
