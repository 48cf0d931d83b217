import { describe, expect, test } from "vitest";
import { decodeUserData } from "../../../policies/user-data/decode.ts";
import { secretsOf } from "../../../policies/user-data/secret-forms.ts";
import { secretsIn } from "../../../policies/user-data/secrets.ts";

/** Put together here, so that no scanner of secrets takes this file for one. */
const id = `LTAI${"5tAbCdEfGhIjKlMnOpQr"}`;
const random = "aB3dE5gH7jK9mN1pQ3sT5vW7xY9zA1";
const begin = (kind: string) => `-----BEGIN ${kind}-----`;
const salt = "saltsaltsalt";
const hash = "x".repeat(86);

const key = "an access key";
const token = "a token or secret";
const password = "a password";
const request = "credentials of a request";
const hashed = "the hash of a password";
const address = "a password in an address";

describe("by their form", () => {
  test.each([
    [id, [key]],
    [`id=${id},`, [key]],
    [`LTAI${"a".repeat(12)}`, [key]],
    [`LTAI${"a".repeat(26)}`, [key]],
    [`LTAI${"a".repeat(11)}`, []],
    [`LTAI${"a".repeat(27)}`, []],
    [`x${id}`, []],
    [`STS.${"a1".repeat(8)}`, [key]],
    [`STS.${"a1".repeat(7)}b`, []],
    [`xSTS.${"a1".repeat(8)}`, []],
    [`AKIA${"A1".repeat(8)}`, [key]],
    [`ASIA${"A1".repeat(8)}`, [key]],
    [`AKIA${"A1".repeat(8)}x`, []],
    [`AKIA${"a1".repeat(8)}`, []],
    [`AKID${"aB".repeat(16)}`, [key]],
    [begin("PRIVATE KEY"), ["a private key"]],
    [begin("RSA PRIVATE KEY"), ["a private key"]],
    [begin("OPENSSH PRIVATE KEY"), ["a private key"]],
    [begin("PGP PRIVATE KEY BLOCK"), ["a private key"]],
    [begin("EC PRIVATE KEY"), ["a private key"]],
    [begin("CERTIFICATE"), []],
    [begin("PUBLIC KEY"), []],
    [`ghp_${"a1B2".repeat(9)}`, [token]],
    [`gho_${"a1B2".repeat(9)}`, [token]],
    [`xghp_${"a1B2".repeat(9)}`, []],
    [`github_pat_${"a1B2".repeat(10)}`, [token]],
    [`glpat-${"a1B2".repeat(5)}`, [token]],
    [`xoxb-${"1".repeat(10)}`, [token]],
    [`eyJ${"a".repeat(10)}.eyJ${"a".repeat(10)}.x`, [token]],
    [`eyJ${"a".repeat(10)}`, []],
    ["https://user:hunter2@a.example/x", [address]],
    ["postgres://user:hunter2@db/x", [address]],
    ["redis://:hunter2@10.0.0.1:6379", [address]],
    ["https://user@a.example/x", []],
    ["https://user:$PASS@a.example/x", []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
    ["https://user:${PASS}@a.example/x", []],
    ["https://user:<pass>@a.example/x", []],
    ["https://user:***@a.example/x", []],
    ["https://a.example:443/x@y", []],
    [`passwd: $6$${salt}$${hash}`, [hashed]],
    [`x \\$6\\$${salt}\\$${hash}`, [hashed]],
    [`$6$rounds=4096$${salt}$${hash}`, [hashed]],
    [`$5$${salt}$${"x".repeat(43)}`, [hashed]],
    [`$1$${salt}$${"x".repeat(22)}`, [hashed]],
    [`$2b$12$${"x".repeat(53)}`, [hashed]],
    [`$y$j9T$${salt}$${"x".repeat(43)}`, [hashed]],
    ["echo $1$2$3", []],
    [`$6$${salt}$${"x".repeat(21)}`, []],
    ["Authorization: Bearer abcdefgh", [request]],
    ["-H 'authorization: Basic dXNlcjpwYXNz'", [request]],
    ['{"Authorization": "Token abcdefgh"}', [request]],
    ["Authorization: Bearer $TOKEN", []],
    ["Authorization: Bearer abc", []],
    ["Basic authentication is needed", []],
    ["noauthorization: Bearer abcdefgh", []],
    ["curl -u user:hunter2 https://a.example", [request]],
    ["curl --user user:hunter2 https://a.example", [request]],
    ["curl -u user https://a.example", []],
    ["curl -u user:$PASS https://a.example", []],
    ["echo root:hunter2 | chpasswd", [password]],
    ["echo 'root:hunter2' | sudo chpasswd", [password]],
    ['echo "root:$PASS" | chpasswd', []],
    ["cat list | chpasswd", []],
    ["chpasswd <<< root:hunter2", [password]],
    ['chpasswd -e <<<"root:hunter2"', [password]],
    ["chpasswd <<< root:$PASS", []],
    ["sshpass -p hunter2 ssh a", [password]],
    ["sshpass -phunter2 ssh a", [password]],
    ['sshpass -p "$PASS" ssh a', []],
    ["sshpass -f file ssh a", []],
    ["docker login -u user -p hunter2 a.example", [password]],
    ["docker login -u user -p=hunter2 a.example", [password]],
    ["docker login -u user -p $PASS a.example", []],
    ["docker login -u user --password-stdin a.example", []],
    ["docker run -p 8080:80 nginx", []],
    ["mysql -uroot -phunter2 db", [password]],
    ["mysqldump -p'hunter2' db", [password]],
    ["mysql -uroot -p db", []],
    ["mysql -uroot -p$PASS db", []],
    ["<password>hunter2</password>", [password]],
    ["<db.Password>hunter2</db.Password>", [password]],
    ["<password></password>", []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Maven's
    ["<password>${env.PASS}</password>", []],
    ["<passwordFile>x</passwordFile>", []],
    ["net user admin hunter2 /add", [password]],
    ["NET USER admin 'hunter2'", [password]],
    ["net user admin /active:yes", []],
    ["net user admin $env:PASS", []],
    ["net user admin * /add", []],
    ["net user admin", []],
    ["subnet user admin hunter2", []],
    ["requirepass hunter2", [password]],
    ["requirepass $PASS", []],
    ["masterauth hunter2", [password]],
    ["CREATE USER a IDENTIFIED BY 'hunter2'", [password]],
    ["norequirepass hunter2", []],
    // Comments too: whoever reads user data reads those.
    [`# ${id}`, [key]],
    ["echo", []],
    ["", []],
  ])("%s", (line, wanted) => {
    expect(secretsOf(line)).toEqual(wanted);
  });
});

describe("by the name they are assigned to", () => {
  test.each([
    ["PASSWORD=hunter2", [password]],
    ["export DB_PASSWORD='hunter 2'", [password]],
    ['"password": "hunter2",', [password]],
    ['\\"password\\": \\"hunter2\\",', [password]],
    ["password: hunter2", [password]],
    ["password: hunter2 # old", [password]],
    ["users: [{name: a, plain_text_passwd: hunter2, sudo: x}]", [password]],
    ["mysql --password=hunter2", [password]],
    ["tool --db-password hunter2", [password]],
    ["passphrase = hunter2", [password]],
    ["pgpwd:=hunter2", [password]],
    ["'password' => 'hunter2'", [password]],
    ["password=12345", [password]],
    ["password=changeme", [password]],
    ["password=ab.cd1", [password]],
    ["password=1ab.cd", [password]],
    ["password=a/b", [password]],
    [`AccessKeySecret=${random}`, [key]],
    [`access_key_id = ${random}`, [key]],
    [`ALIBABA_CLOUD_ACCESS_KEY_SECRET=${random}`, [key]],
    [`accessKey: ${random}`, [key]],
    [`secret_access_key = ${random}`, [token]],
    [`SecretKey = ${random}`, [token]],
    [`api_key=${random}`, [token]],
    [`apikey: ${random}`, [token]],
    [`TOKEN=${random}`, [token]],
    [`//registry.npmmirror.com/:_authToken=${random}`, [token]],
    [`client_secret: '${random}'`, [token]],
    ["kubeadm join --token abcdef.0123456789abcdef", [token]],
    ["token=abcdefghij12", [token]],
    // Not written out here.
    ["PASSWORD=$1", []],
    ['PASSWORD="$PASS"', []],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's
    ["PASSWORD=${PASS}", []],
    ["PASSWORD=$(cat /run/secret)", []],
    ["PASSWORD=`cat x`", []],
    ["password: {{ vault }}", []],
    ["password: <password>", []],
    ["password = %(password)s", []],
    ["PASSWORD_FILE=/run/secrets/db", []],
    ["password: /run/secrets/db", []],
    ["password=~/.secret", []],
    ["password=./secret", []],
    ["password = os.environ['X']", []],
    ["password=get_password()", []],
    ["password = args.password", []],
    ["password: str,", []],
    ["login(password=password)", []],
    ["password:", []],
    ["password=", []],
    ['password=""', []],
    ["password: ********", []],
    ["password: xxxx", []],
    ["password=.*", []],
    ["s/password=[^ ]*/x/", []],
    ["lock_passwd: true", []],
    ["ssh_pwauth: false", []],
    ["chpasswd: { expire: false }", []],
    ["passwd: files", []],
    ["passwd:   compat systemd", []],
    ["PasswordAuthentication no", []],
    ["root ALL=(ALL) NOPASSWD:ALL", []],
    ['getent passwd "$1" | cut -d: -f6', []],
    ['read -s -p "Password: " pass', []],
    ['echo "password: see the wiki"', []],
    ["password: see the wiki", []],
    ["the password hunter2", []],
    ["tool password hunter2", []],
    ["OLDPWD=/root", []],
    ["max_tokens: 4096", []],
    ["token: 4096123456789", []],
    ["token: short1", []],
    ["token: abcdefghijkl", []],
    ["token=abcdefghij1", []],
    ["secretName: database-credentials-1", []],
    ["imagePullSecret: regcred", []],
    ["secret: 'not one 123456789'", []],
    ["X-aliyun-ecs-metadata-token-ttl-seconds: 21600", []],
    ['-H "X-aliyun-ecs-metadata-token: $TOKEN"', []],
    ["aiohttp==3.14.5 --hash=sha256:20f085697d7e911f1f73c43ed03fafbed1e7121797e2eb5428efa80398060584", []],
  ])("%s", (line, wanted) => {
    expect(secretsOf(line)).toEqual(wanted);
  });
});

describe("in user data", () => {
  const found = (text: string) =>
    [...secretsIn(decodeUserData(text))].map(([kind, places]) => `${kind} ${places.map(({ line }) => line).join(" ")}`);

  test("by kind, with their lines", () => {
    expect(found(`#!/bin/sh\n${id}\nPASSWORD=a\n${id}`)).toEqual(["an access key 2 4", "a password 3"]);
  });

  test("the list of passwords that cloud-init sets", () => {
    const list =
      "#cloud-config\nchpasswd:\n  expire: false\n  list: |\n    root:hunter2\n    # a:b\n    - user:R\n    a:RANDOM\nruncmd:\n  - b:c\n";
    expect(found(list)).toEqual(["a password 5"]);
    expect(found("#cloud-config\nchpasswd:\n  list:\n  - root:hunter2\n  - 'a:b'\n")).toEqual(["a password 4 5"]);
    expect(found("#cloud-config\nfiles:\n  list:\n  - root:hunter2\nx: chpasswd:\n")).toEqual([]);
    expect(found("#cloud-config\nx:\n  list:\n  - a:b\nchpasswd:\n  expire: true\n")).toEqual([]);
  });

  test("are looked for once", () => {
    const decoded = decodeUserData("#!/bin/sh\n");
    expect(secretsIn(decoded)).toBe(secretsIn(decoded));
  });
});
