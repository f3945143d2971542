import { type Family, printed } from "../family.ts";
import type { GoldSpan, LabelledCase } from "../labelled-case.ts";
import { pick, type Random, seededBy } from "../random-text.ts";

/**
 * Longer texts with several values, as people and programs write them. `{type}` is a
 * value of any family of the type in a printed form, `{type/name}` one of the
 * family whose name holds this.
 */
const DOCUMENTS: Readonly<Record<string, string>> = {
  "customer record": `Customer record #48213
Full name: {person_name/en}
Date of birth: {date_of_birth/ISO}
SSN: {us_ssn}
Phone: {phone/US (415)}
E-mail: {email/plain}
Card number: {card/Visa}, exp 09/27
Opened 2024-03-05 10:11:12 by agent 17, ref 2024-000481, total $1,204.50
`,
  "support chat": `User: Hi, I can't log in. My mail is {email/digits} and my phone is {phone/+1 415}.
Assistant: Thanks. Could you tell me the order number?
User: It is 4821-33. I paid with {card/Mastercard}. My account is 12 months old.
Assistant: I see two orders from 2024-01-17 (SKU 55821-A, 3 pcs). Please never send your password.
User: too late: my password is Sunny-day-2041! haha
`,
  "CSV of people": `id,full_name,email,phone,ssn,created_at
1,{person_name/en},{email/plain},{phone/US 212-},{us_ssn},2024-03-05T10:11:12Z
2,{person_name/en},{email/plus},{phone/US (415)},{us_ssn},2024-03-06T11:12:13Z
3,{person_name/en},{email/digits},{phone/US 212-},{us_ssn},2024-03-07T12:13:14Z
`,
  "JSON of people": `[{"id":1,"email":"{email/plain}","iban":"{iban/DE}","phone":"{phone/DE +49 171}"},{"id":2,"email":"{email/plus}","iban":"{iban/FR}","phone":"{phone/FR +33 6}"},{"id":3,"email":"{email/digits}","iban":"{iban/GB}","phone":"{phone/GB +44 7911}"}]`,
  "Korean form": `고객 정보
성명: {person_name/ko}
주민등록번호: {kr_rrn}
휴대폰: {phone/KR 010-}
이메일: {email/plain}
주소: {address/ko}
카드번호: {card/Visa}
접수번호 2024-000481, 접수일 2024-03-05
`,
  "Korean chat": `안녕하세요, 예약 확인 부탁드려요. 연락처는 {phone/KR 010-}이고 메일은 {email/digits}입니다. 여권번호는 {passport/KR}예요. 3월 5일 10시 30분, 2명, 12만원입니다.`,
  "German letter": `Sehr geehrte Damen und Herren,

meine Steuer-ID lautet {de_steuer_id}, meine IBAN ist {iban/DE}. Sie erreichen mich unter {phone/DE +49 30} oder
per Mail an {email/plain}. Die Rechnung Nr. 2024-00481 über 1.204,50 EUR vom 05.03.2024 habe ich bezahlt.

Mit freundlichen Grüßen
`,
  "French letter": `Bonjour,

mon numéro de sécurité sociale est {fr_nir} et mon IBAN {iban/FR}. Tél. {phone/FR 06}. La facture n° 2024-00481 de 1 204,50 € date du 05/03/2024.
`,
  "Japanese form": `氏名：{person_name/ja}
電話番号：{phone/JP 090-}
マイナンバー：{jp_mynumber}
メール：{email/plain}
受付番号：2024-00481（3月5日 10時30分）
`,
  "environment file": `# production
NODE_ENV=production
PORT=8080
DATABASE_URL=postgres://app:{secret:{a:14}}@db.internal:5432/app
REDIS_HOST=cache-01
STRIPE_SECRET_KEY={secret:sk_live_{a:24}}
GITHUB_TOKEN={secret:ghp_{a:36}}
OPENAI_API_KEY={secret:sk-proj-{a:48}}
JWT_SECRET={secret:{a:40}}
SMTP_PASSWORD={secret:{a:6}!{a:5}{d:2}}
LOG_LEVEL=info
PUBLIC_URL=https://app.example.com/v2
BUILD=2024.03.05-1481
`,
  "YAML of a deployment": `apiVersion: v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, version: 1.42.7}
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web@sha256:{none:{h:64}}
          env:
            - name: DB_PASSWORD
              value: {secret:{a:18}}
            - name: API_TOKEN
              valueFrom: {secretKeyRef: {name: web-secrets, key: api-token}}
            - name: SLACK_BOT
              value: {secret:xoxb-{d:11}-{d:12}-{a:24}}
`,
  "settings in code": `export const settings = {
  region: "eu-west-1",
  accessKeyId: "{secret:AKIA{B:16}}",
  secretAccessKey: "{secret:{b:40}}",
  retries: 3,
  endpoint: "https://s3.example.com/{none:{h:16}}",
  password: process.env.DB_PASSWORD,
  sendgrid: "{secret:SG.{w:22}.{w:43}}",
};
`,
  "log with an accident": `2024-03-05T10:11:12.482Z INFO  [web-3] GET /health 200 0.4 ms
2024-03-05T10:11:13.118Z INFO  [web-3] login {email/plain} from {ip_address/IPv4} ua="Chrome/120.0.6099.109"
2024-03-05T10:11:13.902Z ERROR [web-3] charge failed pan={card/Visa} amount=1204.50 trace={none:{h:32}}
2024-03-05T10:11:14.010Z DEBUG [web-3] headers authorization: Bearer {secret:{w:48}}
2024-03-05T10:11:15.733Z INFO  [web-3] job 4821337 done in 1709633475 ns
`,
  "SQL dump": `INSERT INTO \`users\` (\`id\`,\`email\`,\`phone\`,\`created\`) VALUES
(1,'{email/plain}','{phone/+44 7911}','2024-03-05 10:11:12'),
(2,'{email/digits}','{phone/+1 415}','2024-03-06 10:11:12');
`,
  "Spanish message": `Hola, soy cliente desde 2019. Mi DNI es {es_dni/DNI}, mi móvil {phone/ES 612} y mi correo {email/plain}. El pedido 2024-00481 costó 1.204,50 €.`,
  "Italian message": `Buongiorno, il mio codice fiscale è {it_codice_fiscale}, IBAN {iban/IT}, cell. {phone/IT 347}. Ordine n. 2024-00481 del 05/03/2024.`,
  "English prose": `Last spring I moved to Leeds. My new National Insurance number is {uk_nino} and the bank gave me the account {iban/GB}. If the courier calls, my number is {phone/GB 07911}. In 2023 the flat cost 1,204 pounds; chapter 3.2.1 of the lease says so.`,
  "Dutch message": `Beste collega, mijn BSN is {nl_bsn} en mijn rekening is {iban/NL}. Bel mij op {phone/NL 06}. Factuur 2024-00481 is betaald.`,
  "Indian form": `Name: {person_name/en}
Aadhaar: {in_aadhaar}
PAN: {tax_id/IN PAN}
Mobile: {phone/IN +91 98}
Application no. 2024/00481, fee Rs. 1,204.50
`,
  "Singapore message": `My NRIC is {sg_nric} and my number is {phone/SG +65}. Booking ref A1204, 5 March 2024, 10.30am, 2 pax.`,
  "Brazilian form": `CPF: {tax_id/BR CPF}
Telefone: {phone/BR (11)}
E-mail: {email/plain}
Pedido 2024-00481, R$ 1.204,50
`,
};

export function mixedDocuments(
  families: readonly Family[],
  make: (random: Random, template: string) => string,
): LabelledCase[] {
  return Object.entries(DOCUMENTS).flatMap(([name, template]) => {
    const random = seededBy(name);
    return Array.from({ length: 6 }, () => filled(name, template, random));
  });

  function filled(name: string, template: string, random: Random): LabelledCase {
    const gold: GoldSpan[] = [];
    let text = "";
    let at = 0;
    for (const match of template.matchAll(/\{(secret|none):((?:[^{}\n]|\{\w:\d+\})+)\}|\{([a-z_]+)(?:\/([^}]+))?\}/g)) {
      const [whole, kind, recipe, type, which = ""] = match;
      text += template.slice(at, match.index);
      at = match.index + whole.length;
      const value = kind === undefined ? anyOf(type!, which, random) : make(random, recipe!);
      if (value === null) text += whole;
      else {
        if (kind !== "none")
          gold.push({ type: (kind ?? type) as GoldSpan["type"], start: text.length, end: text.length + value.length });
        text += value;
      }
    }
    text += template.slice(at);
    // A password in a chat, holders of names and the like are seen or not.
    return {
      text,
      gold,
      also: ["person_name", "date_of_birth", "address", "ip_address", "secret"],
      tier: "core",
      group: `document: ${name}`,
      direction: "request",
    };
  }

  function anyOf(type: string, which: string, random: Random): string | null {
    const fitting = families.filter((family) => family.type === type && family.name.includes(which));
    if (fitting.length === 0) return null;
    const family = pick(random, fitting);
    const forms = family.strong ?? [];
    return printed(family.make(random), pick(random, forms.length > 0 ? forms : family.weak!));
  }
}
