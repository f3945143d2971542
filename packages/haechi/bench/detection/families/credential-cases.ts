import { benign, type LabelledCase, placed } from "../labelled-case.ts";
import { chars, made, pick, type Random, seededBy, some } from "../random-text.ts";
import { written } from "../surroundings.ts";
import { ASSIGNMENT_PLACES, NAMED_PLACES } from "./assignment-places.ts";
import { NAMED_TOKEN_PLACES, TOKEN_PLACES, VENDOR_TOKENS } from "./vendor-tokens.ts";

/** Kept out of literals, in which it would look like a forgotten template. */
const DOLLAR = "$";

export function credentialCases(): LabelledCase[] {
  return [
    ...vendorCases(),
    ...assignmentCases(),
    ...urlCases(),
    ...signatureCases(),
    ...headerCases(),
    ...privateKeyCases(),
    ...placeholders(),
  ];
}

function vendorCases(): LabelledCase[] {
  return VENDOR_TOKENS.flatMap(([vendor, template, names]) => {
    const random = seededBy(vendor);
    const snowflake = () => Buffer.from(made(random, "1{d:17}")).toString("base64");
    const value = () => made(random, template.replace("{snowflake}", snowflake));
    const places =
      names === undefined
        ? [TOKEN_PLACES[0]!, ...some(random, TOKEN_PLACES.slice(1), 7)]
        : some(random, NAMED_TOKEN_PLACES, 8).map((place) => place.replaceAll("{key}", pick(random, names)));
    const cases = places.map((place) => placed("secret", value(), place, { group: `vendor: ${vendor}` }));
    if (names !== undefined) return cases;
    const short = made(
      random,
      template.replace(/\{(\w):(\d+)\}$/, (_, a, n) => `{${a}:${Math.max(1, Math.floor(Number(n) / 3))}}`),
    );
    return [
      ...cases,
      benign(`the prefix ${short.slice(0, Math.min(short.length, 8))}… is public`, `vendor prefix alone: ${vendor}`),
    ];
  });
}

const SECRET_NAMES = [
  "password",
  "passwd",
  "pwd",
  "db_password",
  "user_password",
  "admin_pass",
  "passphrase",
  "secret",
  "client_secret",
  "app_secret",
  "secret_key",
  "api_key",
  "apikey",
  "x_api_key",
  "access_token",
  "auth_token",
  "refresh_token",
  "token",
  "generic_token",
  "private_key",
  "encryption_key",
  "signing_key",
  "access_key",
  "credentials",
  "django_secret_key",
  "jwt_secret",
  "session_secret",
  "webhook_secret",
  "master_key",
  "smtp_password",
  "redis_password",
  "ldap_bind_password",
  "keystore_password",
  "bot_token",
  "service_account_key",
] as const;

/** Passwords as people choose them and random ones as programs make them. */
const SECRET_VALUES: readonly (readonly [string, string])[] = [
  ["chosen password", "Sommer{d:4}!"],
  ["chosen password", "hunter{d:2}!Q"],
  ["chosen password", "P@ssw0rd{d:3}#"],
  ["chosen password", "Tr0ub4dor&{d:1}x"],
  ["chosen password", "k1tty-Kat{d:2}$"],
  ["chosen password", "S3cr3tV4lue{d:2}x"],
  ["random with signs", "{a:5}!{a:4}@{a:3}%{a:4}"],
  ["random with signs", `{a:4}${DOLLAR}{a:4}^{a:4}*{d:2}`],
  ["random base 62, short", "{a:12}"],
  ["random base 62", "{a:24}"],
  ["random base 62, long", "{a:48}"],
  ["random hex", "{h:32}"],
  ["random hex, long", "{h:64}"],
  ["random base64", "{b:42}=="],
  ["random base64url", "{w:43}"],
  ["UUID", "{h:8}-{h:4}-4{h:3}-a{h:3}-{h:12}"],
];

const SPOKEN: readonly string[] = [
  "The password is {}",
  "my password: {}",
  "Password: {}\nUsername: bob",
  "user bob / password {}",
  "the wifi password is {}, enjoy",
  "비밀번호: {}",
  "비밀번호는 {} 입니다",
  "비번 {}",
  "암호: {}",
  "パスワード：{}",
  "パスワードは {} です",
  "Passwort: {}",
  "Das Passwort lautet {}",
  "mot de passe : {}",
  "contraseña: {}",
  "senha: {}",
  "пароль: {}",
  "密码：{}",
  "login: bob, pass: {}",
  "pw: {}",
  "the API key is {}",
  "use this token: {}",
];

function assignmentCases(): LabelledCase[] {
  const random = seededBy("assignments");
  const cases: LabelledCase[] = [];
  for (const [kind, template] of SECRET_VALUES) {
    const value = () => made(random, template);
    for (const [place, writes, quoted] of ASSIGNMENT_PLACES)
      cases.push(
        placed("secret", value(), named(random, place, writes), {
          group: `assignment, ${quoted ? "quoted" : "unquoted"}: ${kind}`,
        }),
      );
    for (const place of some(random, NAMED_PLACES, 6))
      cases.push(placed("secret", value(), place, { group: `in the place of a password: ${kind}`, also: ["email"] }));
    for (const place of some(random, SPOKEN, 8))
      cases.push(placed("secret", value(), place, { group: `spoken: ${kind}` }));
  }
  return cases;
}

function named(random: Random, place: string, writes: Parameters<typeof written>[1]): string {
  return place.replaceAll("{key}", written(pick(random, SECRET_NAMES), writes));
}

/** Signatures of storage URLs; the rest of such a URL is no secret. */
function signatureCases(): LabelledCase[] {
  const random = seededBy("signatures");
  const url = "https://acme.blob.core.windows.net/c/f?sv=2022-11-02&sp=rwd&se=2026-01-01T00:00:00Z&sig={}";
  return ["{}", "download {} now", 'url = "{}"', '{"url":"{}"}', "SAS_URL={}"].map((around) =>
    placed("secret", made(random, "{a:43}%3D"), around.replace("{}", url), { group: "signature of a URL" }),
  );
}

function urlCases(): LabelledCase[] {
  const random = seededBy("urls");
  const schemes = [
    "https://{u}:{}@git.example.com/repo.git",
    "http://{u}:{}@10.0.0.5:8080/",
    "postgres://{u}:{}@db.example.com:5432/app",
    "postgresql://{u}:{}@localhost/app?sslmode=require",
    "mysql://{u}:{}@mysql.internal/shop",
    "mongodb+srv://{u}:{}@cluster0.ab1cd.mongodb.net/test",
    "mongodb://{u}:{}@m1:27017,m2:27017/db",
    "redis://:{}@cache.example.com:6379/0",
    "rediss://default:{}@eu1.upstash.io:33079",
    "amqp://{u}:{}@rabbit:5672/vhost",
    "ftp://{u}:{}@ftp.example.com",
    "smtp://{u}:{}@mail.example.com:587",
    "ssh://{u}:{}@host",
    "jdbc:postgresql://db/app?user={u}&password={}",
    "jdbc:mysql://{u}:{}@host:3306/db",
    "jdbc:sqlserver://h:1433;databaseName=x;user={u};password={};encrypt=true",
    "Server=db;Database=app;User Id={u};Password={};",
    "Data Source=h;Initial Catalog=x;User ID={u};Pwd={};",
    "Server=tcp:a.database.windows.net,1433;Uid={u};Pwd={};Encrypt=yes",
    "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey={};EndpointSuffix=core.windows.net",
    "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey={}",
    "host=db port=5432 user={u} password={} dbname=app",
    "curl -u {u}:{} https://api.example.com",
    'kafka: sasl.jaas.config=PlainLoginModule required username="{u}" password="{}";',
    "wss://{u}:{}@broker.example.com/mqtt",
    "snowflake://{u}:{}@acct/db",
    "mysql -u {u} -p{} shop",
    "sshpass -p '{}' ssh {u}@host",
    "clickhouse://{u}:{}@ch:9000/default",
    "nats://{u}:{}@nats:4222",
  ];
  const values = ["{a:12}", "S3cr3t{d:2}pw", "{a:5}-{a:6}_{a:4}", "{h:32}", "{L:8}{d:3}!"];
  const around = ["{}", "DATABASE_URL={}", 'url = "{}"', '{"dsn":"{}"}', "connect with {} please", "- {}\n"];
  return schemes.flatMap((scheme) =>
    values.map((template) =>
      placed(
        "secret",
        made(random, scheme.includes("Key=") ? "{b:86}==" : template),
        pick(random, around).replace("{}", () =>
          scheme.replaceAll("{u}", pick(random, ["app", "admin", "svc_reader", "bob"])),
        ),
        { group: `connection string: ${scheme.slice(0, 24)}`, also: ["email"] },
      ),
    ),
  );
}

function headerCases(): LabelledCase[] {
  const random = seededBy("headers");
  const basic = () =>
    Buffer.from(`${pick(random, ["bob", "admin", "svc"])}:${made(random, "{a:14}")}`).toString("base64");
  const bearer = () =>
    made(random, pick(random, ["{a:32}", "{w:64}", "{h:40}", "eyJhbGciOiJIUzI1NiJ9.eyJ{w:40}.{w:43}", "{b:42}="]));
  const places: readonly (readonly [string, () => string])[] = [
    ["Authorization: Bearer {}", bearer],
    ["authorization: bearer {}", bearer],
    ["curl -H 'Authorization: Bearer {}' https://api.example.com", bearer],
    ['"Authorization": "Bearer {}"', bearer],
    ['{"headers":{"authorization":"Bearer {}"}}', bearer],
    ["headers = {'Authorization': 'Bearer {}'}", bearer],
    ["AUTHORIZATION: BEARER {}", bearer],
    ["Authorization: Token {}", bearer],
    ["headers: { Authorization: `Bearer {}` }", bearer],
    ["Authorization: Basic {}", basic],
    ["authorization: basic {}", basic],
    ['"Authorization": "Basic {}"', basic],
    ["Proxy-Authorization: Basic {}", basic],
    ["X-API-Key: {}", bearer],
    ["x-api-key: {}", bearer],
    ['curl -H "X-Auth-Token: {}" https://x.example', bearer],
    ["Cookie: session={}; path=/", bearer],
    ["Set-Cookie: sessionid={}; HttpOnly", bearer],
    ["GET /v1/items?api_key={} HTTP/1.1", bearer],
    ["https://api.example.com/v1?access_token={}&page=2", bearer],
    ["https://api.example.com/v1?token={}", bearer],
  ];
  return places.flatMap(([place, make]) =>
    Array.from({ length: 4 }, () =>
      placed("secret", make(), place, {
        group: `header or query: ${place.slice(0, 30)}`,
        tier: place.includes("ookie") ? "weak" : "core",
      }),
    ),
  );
}

const KEY_KINDS = ["RSA PRIVATE", "EC PRIVATE", "OPENSSH PRIVATE", "DSA PRIVATE", "PRIVATE", "ENCRYPTED PRIVATE"];

function privateKeyCases(): LabelledCase[] {
  const random = seededBy("private keys");
  const lines = (count: number, newline: string) =>
    Array.from({ length: count }, () => made(random, "{b:64}")).join(newline) + newline + made(random, "{b:30}==");
  const block = (kind: string, newline: string, count = 12) =>
    [`-----BEGIN ${kind} KEY-----`, newline, lines(count, newline), newline, `-----END ${kind} KEY-----`].join("");
  const cases: LabelledCase[] = [];
  for (const kind of KEY_KINDS) {
    cases.push(
      placed("secret", block(kind, "\n"), "{}", { group: "private key" }),
      placed("secret", block(kind, "\n"), "here it is:\n{}\nthanks", { group: "private key" }),
      placed("secret", block(kind, "\\n"), '{"key":"{}"}', { group: "private key, escaped" }),
      placed("secret", block(kind, "\\n"), 'KEY="{}"', { group: "private key, escaped" }),
      placed("secret", block(kind, "\r\n"), "{}\r\n", { group: "private key, CRLF" }),
      placed("secret", block(kind, "\n  "), "key: |\n  {}\nnext: 1", { group: "private key, indented" }),
      placed("secret", block(kind, "\n", 40), "{}", { group: "private key, long" }),
      placed("secret", block(kind, "\n").slice(0, 500), "{}", { group: "private key, cut off" }),
      placed("secret", block(kind, "\\\\n"), '{"body":"{\\"key\\":\\"{}\\"}"}', {
        group: "private key, escaped twice",
      }),
    );
  }
  const pgp = `-----BEGIN PGP PRIVATE ${"KEY"} BLOCK-----\nVersion: GnuPG v2\n\n${lines(14, "\n")}\n=${made(random, "{a:4}")}\n-----END PGP PRIVATE ${"KEY"} BLOCK-----`;
  cases.push(
    placed("secret", pgp, "{}", { group: "private key, PGP" }),
    placed(
      "secret",
      block("RSA PRIVATE", "\\n"),
      `{"type": "service_account", "project_id": "acme", "private_key_id": "${made(random, "{h:40}")}", "private_key": "{}\\n", "client_email": "svc@acme.iam.gserviceaccount.com"}`,
      { group: "private key, service account", also: ["email", "secret"] },
    ),
    placed(
      "secret",
      `PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: x\nPublic-Lines: 1\n${lines(1, "\n")}\nPrivate-Lines: 8\n${lines(7, "\n")}\nPrivate-MAC: ${made(random, "{h:40}")}`,
      "{}",
      { group: "private key, PuTTY", tier: "weak" },
    ),
    placed(
      "secret",
      made(random, "{w:43}"),
      '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"{}"}',
      { group: "private key, JWK", also: ["secret"] },
    ),
  );
  for (const kind of ["PUBLIC", "RSA PUBLIC"])
    cases.push(benign(block(kind, "\n"), "public key"), benign(block(kind, "\\n"), "public key"));
  cases.push(
    benign(`-----BEGIN CERTIFICATE-----\n${lines(12, "\n")}\n-----END CERTIFICATE-----`, "certificate"),
    benign(
      `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${chars(random, "ABCDEFabcdef0123456789", 43)} bob@host`,
      "public SSH key",
      { also: ["email"] },
    ),
    benign("Paste the text between -----BEGIN RSA PRIVATE KEY----- and the END line.", "marker named in prose", {
      also: ["secret"],
    }),
  );
  return cases;
}

/** What stands where a secret would stand and is none. */
function placeholders(): LabelledCase[] {
  const random = seededBy("placeholders");
  const values = [
    "your-api-key",
    "YOUR_API_KEY",
    "<your-password>",
    "changeme",
    "xxxxxxxxxxxx",
    "****************",
    `${DOLLAR}{DB_PASSWORD}`,
    "$DB_PASSWORD",
    "{{ db_password }}",
    "%DB_PASSWORD%",
    "process.env.DB_PASSWORD",
    "os.environ['DB_PASSWORD']",
    'os.getenv("DB_PASSWORD")',
    "os.environ/OPENAI_API_KEY",
    "ENV['SECRET']",
    "env.SECRET",
    "secrets.GITHUB_TOKEN",
    `${DOLLAR}{{ secrets.NPM_TOKEN }}`,
    "vault:secret/data/app#password",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app",
    "<redacted>",
    "[REDACTED]",
    "null",
    "None",
    "undefined",
    "true",
    "string",
    "string | undefined",
    "PORTKEY_API_KEY",
    "example",
    "placeholder",
    "...",
    "…",
    "TODO",
    "getPassword()",
    "self.password",
    "this.options.token",
    "config.get('token')",
    "hashPassword(user.password)",
    "file:/run/secrets/db",
    "/run/secrets/db_password",
    "ref(secret-name)",
    "!vault |",
    "op://vault/item/password",
    "sk-...",
    "sk-xxxxxxxxxxxxxxxxxxxxxxxx",
    "AKIAIOSFODNN7EXAMPLE",
    "dummy",
    "test",
    "password",
    "secret",
    "foobar",
    "my-secret-name",
    "RefreshToken",
    "Secret",
    "SecretStr",
    "Optional[str]",
    "str",
    "12",
    "3600",
    "unset",
    "required",
    "optional",
    "(hidden)",
    "insert-token-here",
    "replace_me",
    "0000000000000000",
    "abcdefghijklmnop",
    "1234567890",
  ];
  const places = ['{"{key}": "{}"}', "{key}={}", "{key}: {}", '{key} = "{}"', "const {key} = {};", "{key}: {},"];
  const cases = values.flatMap((value) =>
    some(random, places, 3).map((place) =>
      benign(
        place.replaceAll("{key}", pick(random, SECRET_NAMES)).replace("{}", () => value),
        `placeholder: ${value}`,
      ),
    ),
  );
  const code = [
    "function login(user: string, password: string): Promise<Token> {",
    "refreshToken: RefreshToken",
    "token: string;",
    "if (token === nextToken) return tokens[index];",
    "const token = await getToken(scope);",
    "password_hash = hash_password(password)",
    "self.secret_key = secret_key",
    "apiKey: z.string().min(1)",
    "The password must have at least 12 characters.",
    "Reset your password under Settings > Security.",
    "max_tokens: 4096",
    "tokenizer = AutoTokenizer.from_pretrained(name)",
    "public_key: ssh-rsa",
    "key = sorted(items, key=lambda x: x.name)",
    "primary_key=True",
    "foreign_key: user_id",
    "keyboard: qwerty",
    "Token usage: 1532 prompt, 310 completion",
    "password: { type: 'string', minLength: 8 }",
    "token_type=bearer&expires_in=3600",
    "csrf-token",
    "pass: 12, fail: 3",
    "비밀번호를 잊으셨나요?",
    "비밀번호는 8자 이상이어야 합니다",
    "パスワードを忘れた場合",
    "Passwort vergessen?",
    "author: bob",
    "authority: example.com",
    "auth: true",
    "credentials: 'same-origin'",
    "credentials: include",
    "private_key_path: /etc/ssl/private/server.key",
    "secretName: my-app-tls",
    "api_key_name: production",
    "token_url: https://auth.example.com/token",
    "password_field = 'user_password'",
    "accessToken = response.data.accessToken",
    "const [password, setPassword] = useState('');",
    "PASSWORD_RESET_TIMEOUT = 259200",
    "SECRET_SANTA=true",
    "tokens: [1, 2, 3]",
    "access_key_id vs secret_access_key",
    "Bearer authentication is described in RFC 6750.",
    "Authorization: Bearer <token>",
    "Authorization: Bearer $TOKEN",
    "Authorization: Basic <base64>",
    "https://user:pass@example.com",
    "https://user:password@host/path",
    `postgres://user:${DOLLAR}{PGPASSWORD}@db/app`,
    "mysql://root:<password>@localhost",
    "redis://localhost:6379/0",
    "https://example.com:8080/@scope/pkg",
    "jdbc:postgresql://localhost:5432/app",
  ];
  return [...cases, ...code.map((text) => benign(text, `no secret: ${text.slice(0, 40)}`))];
}
