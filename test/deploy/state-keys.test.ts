import { expect, test } from "vitest";
import { bucketKeys } from "../../deploy/state-keys.ts";

const oss = "s3://state?region=cn-shanghai&endpoint=https://s3.oss-cn-shanghai.aliyuncs.com";
const own = { ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret" };
const handed = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };

test.each<readonly [string, string | undefined, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
  ["a key", oss, own, handed],
  [
    "a session",
    oss.replace("https://", ""),
    { ALIBABA_CLOUD_ACCESS_KEY_ID: "id", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "secret", ALIBABA_CLOUD_SECURITY_TOKEN: "t" },
    { ...handed, AWS_SESSION_TOKEN: "t" },
  ],
  ["half a key", oss, { ALICLOUD_ACCESS_KEY: "id" }, {}],
  ["an empty one", oss, { ...own, ALICLOUD_SECRET_KEY: "" }, {}],
  ["beside the bucket's own", oss, { ...own, AWS_ACCESS_KEY_ID: "bucket" }, {}],
  ["beside one that is set to nothing", oss, { ...own, AWS_ACCESS_KEY_ID: "" }, handed],
  ["beside a profile", oss, { ...own, AWS_PROFILE: "bucket" }, {}],
  ["beside the address's profile", `${oss}&profile=bucket`, own, {}],
  ["for Amazon", "s3://state?region=cn-north-1", own, {}],
  ["for another store", "s3://state?endpoint=https://minio.example.com", own, {}],
  ["for a name that only looks alike", oss.replace("aliyuncs.com", "aliyuncs.com.example.com"), own, {}],
  ["in clear", oss.replace("https://", "http://"), own, {}],
  ["in clear by a parameter", `${oss}&disableSSL=true`, own, {}],
  ["for a folder", "file:///state", own, {}],
  ["for no state", undefined, own, {}],
])("%s", (_, address, environment, keys) => {
  expect(bucketKeys(address, environment)).toEqual(keys);
});
