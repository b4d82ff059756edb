import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openSecrets, type RoleRule, type Verb } from "../src/index.ts";
import { isAllowed } from "../src/roles/policy.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const open = async (roles: Record<string, RoleRule[]>) => {
  const directory = join(temporaryFolder(), "store");
  const secrets = await openSecrets({ directory, env: { OTHER_API_KEY: "other-value-0001" } });
  await secrets.set("anthropic_api_key", "anthropic-value-0001");
  await secrets.set("groq_api_key", "groq-value-0001");
  for (const [role, rules] of Object.entries(roles)) await secrets.roles.set(role, rules);
  return { directory, secrets };
};

describe("the most exact rule wins, and a denial wins a tie", () => {
  const rule = (effect: "allow" | "deny", ...names: string[]) => ({
    effect,
    verbs: ["read"],
    names,
  });
  test.each([
    ["nothing granted", [], "a_key", false],
    [
      "another verb",
      [{ effect: "allow" as const, verbs: ["write"], names: ["*"] }],
      "a_key",
      false,
    ],
    ["granted", [rule("allow", "a_key")], "a_key", true],
    ["by pattern", [rule("allow", "a_*")], "a_key", true],
    ["not by pattern", [rule("allow", "b_*")], "a_key", false],
    ["exact beats pattern", [rule("deny", "*"), rule("allow", "a_key")], "a_key", true],
    ["exact denial beats pattern", [rule("allow", "a_ke*"), rule("deny", "a_key")], "a_key", false],
    ["longer start beats shorter", [rule("deny", "a*"), rule("allow", "a_*")], "a_key", true],
    ["whatever the order", [rule("allow", "a_*"), rule("deny", "a*")], "a_key", true],
    ["longer denial", [rule("allow", "a*"), rule("deny", "a_*")], "a_key", false],
    ["a tie", [rule("allow", "a_*"), rule("deny", "a_*")], "a_key", false],
    ["a tie, turned", [rule("deny", "a_*"), rule("allow", "a_*")], "a_key", false],
    ["an exact tie", [rule("deny", "a_key"), rule("allow", "a_key")], "a_key", false],
    ["a star inside", [rule("allow", "a_*_key")], "a_long_key", true],
    ["a star inside does not overlap", [rule("allow", "a_key*_key")], "a_key", false],
    ["several stars", [rule("allow", "a*b*c")], "a-x-b-y-c", true],
    ["other spellings", [rule("allow", "A-Key")], "a_key", true],
  ])("%s", (_what, rules, name, allowed) => {
    expect(isAllowed(rules, "read", name)).toBe(allowed);
  });
});

test("a role without policy can do nothing, and its refusals are written down", async () => {
  const { directory, secrets } = await open({});
  const nobody = secrets.as("nobody");
  const plan = { create: async () => "new-value-0001" };
  const calls: [string, () => Promise<unknown>][] = [
    ["read", () => nobody.get("groq_api_key")],
    ["read", () => nobody.get("other_api_key")],
    ["read", () => nobody.get("groq_api_key", { explicit: "explicit-value" })],
    ["read", () => nobody.getAll("groq_api_key")],
    ["write", () => nobody.set("groq_api_key", "groq-value-0002")],
    ["delete", () => nobody.delete("groq_api_key")],
    ["list", () => nobody.list()],
    ["list", () => nobody.clear()],
    ["rotate", () => nobody.rotate("groq_api_key", plan)],
    ["audit", () => nobody.verifyAudit()],
    ["admin", () => nobody.roles.list()],
    ["admin", () => nobody.roles.set("nobody", [])],
    ["admin", () => nobody.keys.list()],
    ["admin", () => nobody.keys.rotate()],
    ["admin", () => nobody.recover({ from: "backup" })],
    ["admin", () => nobody.reset()],
  ];
  for (const [, call] of calls) await failsWith(call, "FORBIDDEN");
  await failsWith(() => nobody.as("other"), "FORBIDDEN");
  await secrets.verifyAudit();
  expect((await nobody.rotateDue({ groq_api_key: plan })).rotated).toEqual([]);
  await nobody.close();
  expect((await secrets.get("groq_api_key"))?.reveal()).toBe("groq-value-0001");
  const lines = readFileSync(join(directory, "acc-secrets.audit.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ outcome }) => outcome === "FORBIDDEN");
  expect(lines.map(({ action }) => action)).toEqual([...calls.map(([verb]) => verb), "as"]);
  expect(new Set(lines.map(({ actor }) => actor))).toEqual(new Set(["role:nobody"]));
  expect((await secrets.verifyAudit()).problems).toEqual([]);
});

test("each verb grants what it names and nothing else", async () => {
  const verbs: Verb[] = ["read", "write", "delete", "list", "rotate", "audit", "admin"];
  const roles = Object.fromEntries(verbs.map((verb) => [verb, [{ verbs: [verb], names: ["*"] }]]));
  const { secrets } = await open(roles);
  const plan = { create: async () => "new-value-0001" };
  for (const verb of verbs) {
    const handle = secrets.as(verb);
    const calls: Record<Verb, () => Promise<unknown>> = {
      read: () => handle.get("groq_api_key"),
      write: () => handle.set("groq_api_key", "groq-value-0002"),
      rotate: () => handle.rotate("groq_api_key", plan),
      list: () => handle.list(),
      audit: () => handle.verifyAudit(),
      admin: () => handle.roles.list(),
      delete: () => handle.delete("absent_key"),
    };
    for (const [other, call] of Object.entries(calls)) {
      if (other === verb) await call();
      else await failsWith(call, "FORBIDDEN");
    }
  }
});

test("list shows only what may be read", async () => {
  const { secrets } = await open({
    ci: [
      { verbs: ["list"], names: ["*"] },
      { verbs: ["read"], names: ["anthropic_*"] },
    ],
    blind: [{ verbs: ["list"], names: ["*"] }],
  });
  expect(await secrets.as("ci").list()).toEqual(["anthropic_api_key"]);
  expect(await secrets.as("blind").list()).toEqual([]);
  expect(await secrets.list()).toEqual(["anthropic_api_key", "groq_api_key"]);
});

test("the policy lives in the encrypted body and is the one of now, in every process", async () => {
  const { directory, secrets } = await open({ ci: [{ verbs: ["read"], names: ["groq_api_key"] }] });
  expect(readFileSync(join(directory, "acc-secrets.json"), "utf8")).not.toContain("roles");
  await using other = await openSecrets({ directory, env: {} });
  const ci = other.as("ci");
  expect((await ci.get("groq_api_key"))?.reveal()).toBe("groq-value-0001");
  await secrets.roles.remove("ci");
  await other.refresh();
  await failsWith(() => ci.get("groq_api_key"), "FORBIDDEN");
});

test("no handle widens itself; an admin edits other roles", async () => {
  const { secrets } = await open({ ops: [{ verbs: ["admin"], names: ["*"] }] });
  const ops = secrets.as("ops");
  const everything: RoleRule[] = [{ verbs: ["read", "admin"], names: ["*"] }];
  await failsWith(() => ops.roles.set("ops", everything), "SELF_GRANT");
  await failsWith(() => ops.roles.set("OPS", everything), "SELF_GRANT");
  await failsWith(() => ops.roles.remove("ops"), "SELF_GRANT");
  await ops.roles.set("ci", [{ verbs: ["read"], names: ["*"] }]);
  expect(Object.keys(await ops.roles.list())).toEqual(["ops", "ci"]);
  await failsWith(() => ops.get("groq_api_key"), "FORBIDDEN");
  expect((await secrets.as("ci").get("groq_api_key"))?.version).toBe(1);
});

test.each([
  "all",
  [{ verbs: ["fly"], names: ["*"] }],
  [{ verbs: [], names: ["*"] }],
  [{ verbs: ["read"], names: [] }],
  [{ verbs: ["read"], names: [7] }],
  [{ effect: "maybe", verbs: ["read"], names: ["*"] }],
  [null],
])("INVALID_POLICY: %j", async (rules) => {
  const { secrets } = await open({});
  await failsWith(() => secrets.roles.set("ci", rules as never), "INVALID_POLICY");
});
