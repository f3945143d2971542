/** Text around a value that says nothing about it. */
export const NEUTRAL = [
  "{}",
  "{}\n",
  "Please check {} for me.",
  "Is {} right?",
  "({})",
  '"{}"',
  "'{}'",
  "`{}`",
  "I was given {}, what is it?",
  "It is {}.",
  "- {}\n- done",
  "확인 부탁드립니다: {}",
  "{}를 확인해 주세요",
  "Bitte prüfen Sie {} noch einmal.",
  "Merci de vérifier {} avant lundi.",
  "「{}」を確認してください。",
  '{"value":"{}"}',
  '{"messages":[{"role":"user","content":"look at {} please"}]}',
  "<td>{}</td>",
  "value = {}",
  "first;{};last",
  "**{}**",
  "<p>{}</p>",
  "[{}]",
  "{}; next",
  "{} / 2",
  "#1 {}\n#2 none",
  "> {}",
  "Hello,\n\n{}\n\nBest",
  "see attachment – {} – and reply",
  "“{}”",
  "print('{}')",
  "{}?",
  "{}!",
  "Text: {}",
  "{}\t12",
  '["{}"]',
] as const;

/** A label as people write one before a value. */
export const LABELLED = [
  "{label}: {}",
  "{label} {}",
  "{label}:{}",
  "{label}\t{}",
  "({label}: {})",
  "{label}: {}.",
  "{label}: {}, thanks",
  "{label}: '{}'",
  '{label} "{}"',
  "{label} : {}",
  "**{label}:** {}",
  "| {label} | {} |",
  "{label}\n{}",
  "- {label}: {}\n- status: open",
  "<dt>{label}</dt><dd>{}</dd>",
  "{label} is {}",
  "{label} on file: {}",
  "{label} (required): {}",
  "{label}：{}",
  "[{label}] {}",
  "> {label}: {}\n> sent from my phone",
  "1) {label}: {}\n2) Comment: none",
  "<li><b>{label}</b>: {}</li>",
  "Q: {label}?\nA: {}",
] as const;

/** Labels in sentences. */
export const SPOKEN_LABELLED = [
  "Can you verify that {} is a valid {label}?",
  "Please update my {label} to {}.",
  "The {label} that the customer gave us today was {}",
  "his {label}, {}, appears in the report",
  "What's the {label}? {}",
  "We need your {label}. – It's {}.",
  "I sent the wrong {label}, the right one is {}.",
  "Enter {label}> {}",
  "{label} ({}) could not be verified",
  "For the form: {label} {}, status open, 3 pages",
  "USER: {label} {}\nBOT: Thank you.",
  "Subject: {label}\n\n{}\n",
  "{label}가 {}로 등록되어 있습니다.",
  "{label}를 {}로 변경해 주세요",
  "{label}は{}です。",
  "{label}（{}）を確認",
  "Die {label} lautet {}.",
  "{label} des Kunden: {}",
  "Le {label} est {}.",
  "El {label} es {}.",
  "O {label} é {}",
  "Il {label} è {}",
  "我的{label}是{}。",
  "{label}: {} (verified 2024-03-05)",
  "{label} {} expires 12/27",
  "{label}:   {}",
  "{label} -> {}",
  "{label}:\n    {}",
  "  {label} : {}  ",
  "({label} {})",
] as const;

/** The same for numbers; names and addresses are not written so. */
export const NUMBER_LABELLED = [
  ...LABELLED,
  "{label} #{}",
  "{label} no {}",
  "{} ({label})",
  "{} is the {label}",
  "{label} ...... {}",
  "* {label} … {}",
  "{label} = {}",
  "{label}={};",
  "{label} - {}",
  "{label}; {}",
] as const;

export interface Container {
  readonly name: string;
  /** `{key}` is the name as the container writes names, `{}` the value. */
  readonly text: string;
  readonly writes: "snake" | "camel" | "kebab" | "upper" | "title";
}

/** Files, messages and code in which a value stands under a name. */
export const CONTAINERS: readonly Container[] = [
  { name: "JSON", text: '{"{key}": "{}"}', writes: "snake" },
  { name: "JSON", text: '{"id":17,"{key}":"{}","active":true}', writes: "camel" },
  { name: "JSON, indented", text: '{\n  "status": "open",\n  "{key}": "{}"\n}', writes: "camel" },
  { name: "JSON in a string", text: '{"arguments":"{\\"{key}\\":\\"{}\\"}"}', writes: "snake" },
  { name: "JSON in a string", text: '"body": "{\\"{key}\\": \\"{}\\", \\"ok\\": true}"', writes: "camel" },
  { name: "YAML", text: "user:\n  {key}: {}\n  active: true\n", writes: "snake" },
  { name: "YAML, quoted", text: "{key}: '{}'\n", writes: "kebab" },
  { name: "env", text: "{key}={}\nDEBUG=1\n", writes: "upper" },
  { name: "env, exported", text: 'export {key}="{}"', writes: "upper" },
  { name: "CSV", text: "id,{key},status\n17,{},active\n", writes: "snake" },
  { name: "CSV, quoted", text: '"id","{key}"\n"17","{}"\n', writes: "snake" },
  { name: "TSV", text: "{key}\tstatus\n{}\tactive\n", writes: "title" },
  { name: "Markdown table", text: "| Row | {key} |\n| --- | --- |\n| 1 | {} |\n", writes: "title" },
  { name: "SQL", text: "INSERT INTO people (id, {key}) VALUES (17, '{}');", writes: "snake" },
  { name: "SQL", text: "SELECT * FROM people WHERE {key} = '{}'", writes: "snake" },
  { name: "XML", text: "<record><{key}>{}</{key}></record>", writes: "camel" },
  { name: "XML attribute", text: '<person {key}="{}" active="true"/>', writes: "kebab" },
  { name: "Python", text: '{key} = "{}"  # from the form', writes: "snake" },
  { name: "Python dictionary", text: "row = {'{key}': '{}', 'n': 1}", writes: "snake" },
  { name: "JavaScript", text: "const {key} = '{}';", writes: "camel" },
  { name: "JavaScript object", text: "send({ {key}: '{}', retry: true })", writes: "camel" },
  { name: "Java", text: 'person.set{key}("{}");', writes: "title" },
  { name: "log line", text: "2024-03-05T10:11:12Z INFO form saved {key}={} took=12ms", writes: "snake" },
  { name: "URL query", text: "https://app.example.com/check?{key}={}&lang=en", writes: "snake" },
  { name: "CSV, third row", text: "id,{key},n\n1,,4\n2,,5\n3,{},6\n", writes: "snake" },
  { name: "CSV, many columns", text: "id,created,status,{key},n\n17,2024-03-05,active,{},4\n", writes: "snake" },
  {
    name: "Markdown table, many columns",
    text: "| id | status | {key} | n |\n|---|---|---|---|\n| 17 | active | {} | 4 |\n",
    writes: "snake",
  },
  { name: "JSON, nested", text: '{"user":{"profile":{"{key}":{"value":"{}","verified":false}}}}', writes: "camel" },
  { name: "JSON, list", text: '{"{key}s": ["{}"]}', writes: "camel" },
  { name: "JSON, named value", text: '{"name":"{key}","value":"{}"}', writes: "snake" },
  { name: "JSON, prefixed key", text: '{"customer_{key}":"{}"}', writes: "snake" },
  { name: "HTML input", text: '<input type="text" name="{key}" value="{}">', writes: "camel" },
  { name: "HTML table", text: "<tr><th>{key}</th><td>{}</td></tr>", writes: "title" },
  { name: "SQL update", text: "UPDATE people SET {key} = '{}' WHERE id = 17;", writes: "snake" },
  { name: "Go struct", text: 'p := Person{{key}: "{}", Age: 34}', writes: "title" },
  { name: "Ruby", text: "person.update({key}: '{}')", writes: "snake" },
  { name: "PHP", text: '$row["{key}"] = "{}";', writes: "snake" },
  { name: "INI", text: "[person]\n{key} = {}\nactive = 1\n", writes: "snake" },
  { name: "logfmt", text: 'level=info msg="saved" {key}="{}" ms=12', writes: "snake" },
  { name: "GraphQL", text: 'mutation { save({key}: "{}") { id } }', writes: "camel" },
  { name: "function call", text: 'verify({key}="{}", strict=True)', writes: "snake" },
  { name: "test assertion", text: 'expect(user.{key}).toBe("{}");', writes: "camel" },
  { name: "form", text: "{key}={}&submit=1", writes: "camel" },
];

export function inContainer({ text, writes }: Container, key: string): string {
  const name = written(key, writes);
  return text.replaceAll("{key}", name);
}

/** A name of words in snake case as another notation writes it. */
export function written(key: string, writes: Container["writes"]): string {
  const words = key.split("_");
  switch (writes) {
    case "snake":
      return key;
    case "kebab":
      return words.join("-");
    case "upper":
      return key.toUpperCase();
    case "title":
      return words.map(capitalized).join("");
    case "camel":
      return words[0]! + words.slice(1).map(capitalized).join("");
    default:
      return writes satisfies never;
  }
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
