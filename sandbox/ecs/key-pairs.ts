import type { Actions, Answer, Call } from "../core/call.ts";
import { secondText } from "../core/clock.ts";
import { CloudError, missing } from "../core/errors.ts";
import { page } from "../core/paging.ts";
import { matchesTags, tagList, tagsOf } from "../core/tags.ts";
import { fingerprintOf, newKeyPair } from "./key-pair-material.ts";
import { asked, jsonIds } from "./lists.ts";
import { checkResourceGroup } from "./resource-groups.ts";
import { type Instance, instances, type KeyPair, keyPairId, keyPairs } from "./rows.ts";

export const keyPairActions: Actions = {
  CreateKeyPair: createKeyPair,
  ImportKeyPair: importKeyPair,
  DescribeKeyPairs: describeKeyPairs,
  DeleteKeyPairs: deleteKeyPairs,
  AttachKeyPair: (call) => change(call, needKeyPair(call).name),
  DetachKeyPair: detachKeyPair,
};

/** Source: @alicloud/ecs20140526 7.11.6, comments on CreateKeyPair, AttachKeyPair and ImportKeyPair. */
const mostKeyPairs = 500;
const mostInstances = 50;
const nameForm = /^\p{L}[\p{L}\p{N}:_-]{1,127}$/u;
const publicKeyForm = /^\s*(ssh-rsa|ssh-dss|rsa|dsa|ecdsa\S*|ssh-ed25519)\s+\S+/;

/** The private key is in the answer and nowhere else. @throws what make throws */
function createKeyPair(call: Call): Answer {
  checkNew(call);
  const { privateKey, publicKey } = newKeyPair();
  const pair = make(call, publicKey);
  return {
    KeyPairId: `ssh-${call.randomId()}`,
    KeyPairName: pair.name,
    KeyPairFingerPrint: pair.fingerprint,
    PrivateKeyBody: privateKey,
  };
}

/** @throws InvalidPublicKeyBody.Malformed (400) */
function importKeyPair(call: Call): Answer {
  checkNew(call);
  const publicKey = call.params.need("PublicKeyBody").trim();
  if (!publicKeyForm.test(publicKey)) {
    throw new CloudError("InvalidPublicKeyBody.Malformed", 400, "The PublicKeyBody format is not supported.");
  }
  const pair = make(call, publicKey);
  return { KeyPairName: pair.name, KeyPairFingerPrint: pair.fingerprint };
}

/** @throws InvalidKeyPairName.Malformed, KeyPair.AlreadyExist (400), QuotaExceed.KeyPair (403) */
function checkNew(call: Call): void {
  const name = call.params.need("KeyPairName");
  if (!nameForm.test(name)) {
    throw new CloudError("InvalidKeyPairName.Malformed", 400, "Specified Key Pair name is not valid.");
  }
  if (call.find(keyPairs, keyPairId(call.needRegion(), name)) !== undefined) {
    throw new CloudError("KeyPair.AlreadyExist", 400, "The key pair already exist.");
  }
  if (call.list(keyPairs).length >= mostKeyPairs) {
    throw new CloudError("QuotaExceed.KeyPair", 403, "The key pair quota exceeds.");
  }
}

function make(call: Call, publicKey: string): KeyPair {
  const { params } = call;
  const region = call.needRegion();
  const name = params.need("KeyPairName");
  const resourceGroupId = params.text("ResourceGroupId") ?? "";
  checkResourceGroup(call, resourceGroupId);
  return call.put(keyPairs, {
    ...call.row(keyPairId(region, name)),
    region,
    name,
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    resourceGroupId,
    tags: tagsOf(params),
  });
}

/** KeyPairName may hold asterisks. */
function describeKeyPairs(call: Call): Answer {
  const name = nameFilter(call.params.text("KeyPairName"));
  const found = call.list(keyPairs).filter((pair) => {
    return (
      name.test(pair.name) &&
      asked(call, "KeyPairFingerPrint", pair.fingerprint) &&
      asked(call, "ResourceGroupId", pair.resourceGroupId) &&
      matchesTags(call, pair.tags)
    );
  });
  const { rows, fields } = page(found, call.params, { most: 50 });
  const withKey = call.params.flag("IncludePublicKey") ?? false;
  const KeyPair = rows.map((pair) => ({
    KeyPairName: pair.name,
    KeyPairFingerPrint: pair.fingerprint,
    CreationTime: secondText(pair.createdAt),
    ResourceGroupId: pair.resourceGroupId,
    Tags: { Tag: tagList(pair.tags, "TagKey") },
    ...(withKey ? { PublicKey: pair.publicKey } : {}),
  }));
  return { ...fields, KeyPairs: { KeyPair } };
}

/** a*b -> everything that begins with a and ends with b; undefined -> everything. */
function nameFilter(text = "*"): RegExp {
  const parts = text.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su");
}

/** Names that are not there are ignored. @throws InvalidParameter.KeypairAlreadyAttachedInstance (400) */
function deleteKeyPairs(call: Call): Answer {
  const names = jsonIds(call, "KeyPairNames");
  if (names === undefined || names.length === 0) throw missing("KeyPairNames");
  const inUse = new Set(call.list(instances).map((instance) => instance.keyPairName));
  if (names.some((name) => inUse.has(name))) {
    throw new CloudError(
      "InvalidParameter.KeypairAlreadyAttachedInstance",
      400,
      'The specified parameter "KeyPairNames" attached to instances can not be deleted.',
    );
  }
  for (const name of names) {
    const pair = call.find(keyPairs, keyPairId(call.needRegion(), name));
    if (pair !== undefined) call.remove(keyPairs, pair);
  }
  return {};
}

function detachKeyPair(call: Call): Answer {
  const { name } = needKeyPair(call);
  return change(call, "", name);
}

/**
 * Sets the key pair of hosts; "" takes it away. The answer tells how it went host by host.
 *
 * @param from the key pair that a host has to have
 * @throws InvalidInstanceIds.ValueNotSupported (400)
 */
function change(call: Call, to: string, from?: string): Answer {
  const ids = jsonIds(call, "InstanceIds");
  if (ids === undefined || ids.length === 0) throw missing("InstanceIds");
  if (ids.length > mostInstances) {
    throw new CloudError("InvalidInstanceIds.ValueNotSupported", 400, `At most ${mostInstances} instances.`);
  }
  const results = ids.map((id) => {
    const instance = call.find(instances, id);
    const refused = refusalOf(instance, from);
    if (instance !== undefined && refused === undefined) call.put(instances, { ...instance, keyPairName: to });
    return {
      InstanceId: id,
      Success: refused === undefined ? "true" : "false",
      Code: refused ?? "200",
      Message: refused === undefined ? "successful" : "The operation was not done on this instance.",
    };
  });
  return {
    KeyPairName: call.params.need("KeyPairName"),
    TotalCount: String(ids.length),
    FailCount: String(results.filter((result) => result.Success === "false").length),
    Results: { Result: results },
  };
}

function refusalOf(instance: Instance | undefined, from: string | undefined): string | undefined {
  if (instance === undefined) return "InvalidInstanceId.NotFound";
  return from !== undefined && instance.keyPairName !== from ? "InvalidKeyPairName.NotFound" : undefined;
}

/** @throws InvalidKeyPairName.NotFound (400) */
function needKeyPair(call: Call): KeyPair {
  const pair = call.find(keyPairs, keyPairId(call.needRegion(), call.params.need("KeyPairName")));
  if (pair !== undefined) return pair;
  throw new CloudError("InvalidKeyPairName.NotFound", 400, "The specified KeyPairName does not exist in our records.");
}
