// What secrets are called, by how sure the name is. A name counts wherever it ends a
// longer one: DB_PASSWORD, clientSecret, mysqlpassword.

/** Names of passwords. */
export const PASSWORD_NAMES: readonly string[] = [
  ..."password passwd passphrase passcode passwort passwrd pwd pswd psw".split(" "),
  ..."dbpass userpass rootpass adminpass mypass keypass storepass mailpass smtppass ftppass sshpass proxypass".split(
    " ",
  ),
  ..."requirepass masterauth bindpw rootpw dbpw userpw adminpw identified by,convertto-securestring".split(/ (?!by)|,/),
  ..."pass phrase,pass word,pass code".split(",").flatMap(spellings),
  ..."비밀번호 비번 암호 패스워드 パスワード 暗証番号 密码 密碼 口令".split(" "),
  ..."contraseña contrasena kennwort senha wachtwoord hasło haslo lösenord losenord heslo parola şifre".split(" "),
  ..."пароль,пароля,парола,mật khẩu,mot de passe,palavra-passe,รหัสผ่าน,पासवर्ड,كلمة المرور,كلمة السر,رمز عبور".split(","),
  ..."clave,mdp,kata sandi,jelszó,salasana,adgangskode,passord,lozinka,geslo,parolă,κωδικός,סיסמה,비밀 번호,비 밀 번 호,패스코드".split(
    ",",
  ),
];

/** Names of secrets, tokens and keys that open something. */
export const SECRET_NAMES: readonly string[] = [
  ..."secret,token,credential,credentials,시크릿,인증키,인증 키,비밀키,비밀 키,토큰,トークン,シークレット,令牌,密钥".split(
    ",",
  ),
  ..."api key,api secret,api token,secret key,access key,private key,account key,auth key,master key,signing key"
    .split(",")
    .flatMap(spellings),
  ..."encryption key,storage key,shared key,shared access key,app key,application key,client secret,service key,license key"
    .split(",")
    .flatMap(spellings),
  ..."webhook key,deploy key,subscription key,consumer key,integration key,ingest key,hmac key,cipher key,admin key"
    .split(",")
    .flatMap(spellings),
  ..."api 키,api키,액세스 키,액세스키,개인키,apiキー,api キー,アクセスキー,シークレットキー,秘密鍵,秘钥,密匙,金鑰".split(
    ",",
  ),
  ..."api-schlüssel,api schlüssel,zugangsschlüssel,clé api,cle api,clé d'api,clé secrète,clé d'accès,jeton".split(","),
  ..."clave api,clave de api,clave de la api,clave secreta,clave de acceso,chiave api,chiave segreta".split(","),
  ..."chave api,chave de api,chave da api,chave secreta,chave de acesso,api-sleutel,api-nyckel,klucz api".split(","),
  ..."ключ api,api ключ,api-ключ,секретный ключ,токен,api anahtarı,khóa api,kunci api,مفتاح api,api कुंजी".split(","),
];

/** Names of passwords so short that they count only where a word of a name begins: db_pass, userPw. */
export const SHORT_NAMES: readonly string[] = ["pass", "pw", "passw", "psk"];

/** Names that mostly belong to other things: what is under them must show by itself that it is a secret. */
export const WEAK_NAMES: readonly string[] =
  "key auth authorization session_id session-id session cred creds sessionid phpsessid jsessionid cookie".split(" ");

/** Words as names are spelled: apiKey goes with apikey, as case does not count. */
function spellings(words: string): string[] {
  return ["", "_", "-", " "].map((joint) => words.replaceAll(" ", joint));
}

/** A pattern for any of the names, wherever they end a longer one, and with what may follow that names no other thing. */
export function anyNameOf(names: readonly string[], shortNames: readonly string[] = []): string {
  const short = `(?:(?<![A-Za-z])|(?-i:(?<=[a-z])(?=[A-Z])))${branching(shortNames)}(?:[_-]?\\d{1,3})?`;
  const long = `${branching(names)}s?${SUFFIX}`;
  return shortNames.length === 0 ? long : `(?:${long}|${short})`;
}

const SUFFIX =
  "(?:[_-]?(?:key|value|base|text|str|string|prod|production|dev|staging|live|test|admin|user|root|master|old|new|confirm|confirmation|again|\\d{1,3})){0,2}";

/** A pattern for any of the names, in which what several begin with stands once: fewer alternatives to try. */
export function branching(names: readonly string[]): string {
  const byFirst = Map.groupBy(
    names.filter((name) => name !== ""),
    (name) => name.charAt(0),
  );
  const branches = Array.from(byFirst, ([first, same]) => first + branching(same.map((name) => name.slice(1))));
  if (names.includes("")) branches.push("");
  return branches.length === 1 ? branches[0]! : `(?:${branches.join("|")})`;
}
