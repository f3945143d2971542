import { benign, type LabelledCase, placed } from "../labelled-case.ts";
import { made, seededBy } from "../random-text.ts";

/** Kept out of literals, in which it would look like a forgotten template. */
const DOLLAR = "$";

/** What is kept of passwords, in the formats of crypt(5), Apache, Django, LDAP and Windows. */
const HASHES: readonly (readonly [form: string, place: string])[] = [
  ["{D}6{D}{a:16}{D}{a:86}", "root:{}:19000:0:99999:7:::"],
  ["{D}5{D}{a:16}{D}{a:43}", "app:{}:19000:0:99999:7:::"],
  ["{D}1{D}{a:8}{D}{a:22}", "enable secret 5 {}"],
  ["{D}y{D}j9T{D}{a:22}{D}{a:43}", "bob:{}:19700:0:99999:7:::"],
  ["{D}apr1{D}{a:8}{D}{a:22}", "bob:{}"],
  ["{D}2b{D}12{D}{a:53}", "password_hash: {}"],
  ["{D}2y{D}10{D}{a:53}", "INSERT INTO users VALUES ('bob', '{}');"],
  ["{D}argon2id{D}v=19{D}m=65536,t=3,p=4{D}{b:22}{D}{b:43}", 'hash = "{}"'],
  ["pbkdf2_sha256{D}600000{D}{a:22}{D}{b:43}=", '"password": "{}"'],
  ["{SSHA}{b:32}", "userPassword: {}"],
  ["{h:32}:{h:32}", "Administrator:500:{}:::"],
];

const SIGNATURES: readonly (readonly [form: string, place: string])[] = [
  ["{h:64}", "https://b.s3.amazonaws.com/k?X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature={}"],
  ["{a:26}%3D", "https://b.s3.amazonaws.com/k?AWSAccessKeyId=AKIX&Expires=1735689600&Signature={}"],
  ["{h:512}", "https://storage.googleapis.com/b/o?X-Goog-Expires=900&X-Goog-Signature={}"],
  ["{a:170}__", "https://d1.cloudfront.net/a?Expires=1735689600&Signature={}&Key-Pair-Id=K2AB3D4E"],
];

const PASSWORDS: readonly (readonly [form: string, place: string])[] = [
  ["{a:12}", "jdbc:oracle:thin:app/{}@//db:1521/orcl"],
  ["{a:12}", "sqlplus app/{}@orcl"],
  ["{a:12}", "WIFI:T:WPA;S:HomeNet;P:{};;"],
  ["{H:16}", "username bob password 7 {}"],
  ["{a:12}", "machine github.com\n  login bob\n  password {}\n"],
  ["{a:12}", "Login with username bob and password {}"],
  ["{a:12}", '{default_user, <<"bob">>}, {default_pass, <<"{}">>}'],
  ["{a:12}", "amqp broker pyamqp://bob:{}@rabbit//"],
  ["{a:6}&{d:2}{L:5}", "비번: {}"],
  ["{a:12}", "mi clave es {}"],
  ["{a:12}", "kata sandi: {}"],
  ["{a:12}", "mdp : {}"],
  ["{a:12}", "passord: {}"],
  ["Monkey_{d:2}", "my password is {}"],
  ["Berlin-{d:4}", "wachtwoord: {}"],
  ["Qwerty_{d:3}!", '<add key="SmtpPassword" value="{}"/>'],
];

const KEYS: readonly (readonly [form: string, place: string])[] = [
  ["{a:32}", "Mein Linode-API-Schlüssel lautet {}, warum geht es nicht?"],
  ["{a:32}", "Voici ma clé API : {}. Merci !"],
  ["{a:32}", "API 키는 {} 입니다"],
  ["{a:32}", "APIキーは{}です"],
  ["{a:32}", "mi clave de API es {}"],
  ["{a:32}", "ключ API: {}"],
  ["eyJhbGciOiJkaXIifQ..{w:16}.{w:120}.{w:22}", "{}"],
  ["eyJhbGciOiJSU0EtT0FFUCJ9.{w:342}.{w:16}.{w:80}.{w:22}", "id_token={}"],
  ["0x{h:64}", 'accounts: ["{}"]'],
  ["LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ{b:600}", "SSH_KEY_B64={}"],
  ["LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZLS0tLS0K{b:400}", "{}"],
];

/** Credentials that are known by the form or the place they have, and by no vendor. */
export function credentialFormCases(): LabelledCase[] {
  const groups = { "hash of a password": HASHES, "signature of a URL": SIGNATURES, "place of a password": PASSWORDS };
  return [
    ...Object.entries({ ...groups, "place of a key": KEYS }).flatMap(([group, rows]) =>
      rows.flatMap(([form, place]) => {
        const random = seededBy(place);
        const value = () => made(random, form.replaceAll("{D}", DOLLAR));
        return Array.from({ length: 3 }, () => placed("secret", value(), place, { group }));
      }),
    ),
    benign("the password 7 characters long", "prose"),
    benign("this pass is needed to clean up what is left", "prose"),
    benign("sqlplus user/password@orcl", "a placeholder"),
    benign(`a hash of bcrypt begins with ${DOLLAR}2b${DOLLAR}12${DOLLAR}`, "the prefix alone"),
    benign("Passwort: Kapitel-12", "a section"),
  ];
}
