import { createSecret } from "@acc/secrets";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Feature } from "../../src/contract/mode.ts";
import type { Availability } from "../../src/contract/provider.ts";
import { type ModeFacts, type PlanInput, planRoutes } from "../../src/engine/plan-routes.ts";

const key = (value: string) =>
  ({
    kind: "key",
    source: `env:${value}`,
    secret: createSecret("a_key", `value-of-${value}`, "explicit"),
  }) as const;

const both = {
  cli: { credentials: ["login", "key"], supports: ["system"] },
  sdk: { credentials: ["key"], supports: ["system", "temperature"] },
} as const;

const base: PlanInput = {
  request: { model: "one", messages: [] },
  required: [],
  prefer: "sdk",
  only: undefined,
  billing: "any",
  shared: false,
  lenient: new Set(),
  modes: both,
  keys: [key("A")],
  refusedKeys: [],
  missingKey: { reason: "none", fix: "set one" },
  cooling: () => undefined,
};

const open: Availability = { available: true, command: "/bin/x", login: true };
const loggedOut: Availability = { available: true, command: "/bin/x", login: false };
const gone: Availability = {
  available: false,
  code: "CLI_NOT_FOUND",
  reason: "no",
  fix: "install",
};

const rows: [string, Partial<PlanInput>, string[], string[]][] = [
  [
    "the SDK comes first and the CLI with the same payer next",
    {},
    ["sdk env:A", "cli env:A", "cli login"],
    [],
  ],
  [
    "the CLI first, its login before a key",
    { prefer: "cli" },
    ["cli login", "cli env:A", "sdk env:A"],
    [],
  ],
  [
    "without a key the CLI's login is first",
    { keys: [] },
    ["cli login"],
    ["sdk key MISSING_CREDENTIALS", "cli key MISSING_CREDENTIALS"],
  ],
  ["only leaves the other mode alone", { only: "sdk" }, ["sdk env:A"], []],
  [
    "every key is a route",
    { only: "sdk", keys: [key("A"), key("B")] },
    ["sdk env:A", "sdk env:B"],
    [],
  ],
  [
    "billing login never uses a key",
    { billing: "login" },
    ["cli login"],
    ["sdk key MISSING_CREDENTIALS", "cli key MISSING_CREDENTIALS"],
  ],
  [
    "billing key never uses a login",
    { billing: "key" },
    ["sdk env:A", "cli env:A"],
    ["cli login CLI_NOT_LOGGED_IN"],
  ],
  [
    "a server that may have a key is asked with the one that there is",
    { modes: { sdk: { credentials: ["key", "none"], supports: [] } } },
    ["sdk env:A"],
    [],
  ],
  [
    "a server that may have a key is asked without one where there is none",
    { keys: [], modes: { sdk: { credentials: ["key", "none"], supports: [] } } },
    ["sdk none"],
    ["sdk key MISSING_CREDENTIALS"],
  ],
  [
    "a login on request is passed over where nobody asks for it",
    { prefer: "cli", modes: { ...both, cli: { ...both.cli, loginOnRequest: true } } },
    ["cli env:A", "sdk env:A"],
    ["cli login CLI_NOT_LOGGED_IN"],
  ],
  [
    "a login on request pays where it is asked for",
    { billing: "login", modes: { cli: { ...both.cli, loginOnRequest: true } } },
    ["cli login"],
    ["cli key MISSING_CREDENTIALS"],
  ],
  [
    "a login is not shared",
    { shared: true },
    ["sdk env:A", "cli env:A"],
    ["cli login LOGIN_NOT_SHARED"],
  ],
  [
    "a CLI that is not there is out",
    { modes: { ...both, cli: { ...both.cli, availability: gone } } },
    ["sdk env:A"],
    ["cli - CLI_NOT_FOUND"],
  ],
  [
    "a CLI known to be logged out has no login route",
    { prefer: "cli", modes: { ...both, cli: { ...both.cli, availability: loggedOut } } },
    ["cli env:A", "sdk env:A"],
    ["cli login CLI_NOT_LOGGED_IN"],
  ],
  [
    "a mode that lacks a feature is out",
    { required: ["temperature"], prefer: "cli" },
    ["sdk env:A"],
    ["cli - UNSUPPORTED_FEATURE"],
  ],
  [
    "what a probe narrows counts",
    {
      required: ["system"],
      modes: { cli: { ...both.cli, availability: { ...open, supports: [] } } },
    },
    [],
    ["cli - UNSUPPORTED_FEATURE"],
  ],
  [
    "lenient keeps the mode",
    { required: ["temperature"], only: "cli", lenient: new Set(["temperature"]) },
    ["cli login", "cli env:A"],
    [],
  ],
  [
    "a cooling route is left out",
    {
      cooling: (mode) =>
        mode === "sdk" ? { code: "RATE_LIMITED", reason: "slow down", wait: 5 } : undefined,
    },
    ["cli env:A", "cli login"],
    ["sdk env:A RATE_LIMITED"],
  ],
  [
    "a provider without credentials needs none",
    { keys: [], modes: { sdk: { credentials: ["none"], supports: [] } } },
    ["sdk none"],
    [],
  ],
];

describe("planRoutes", () => {
  it.each(rows)("%s", (_, change, routes, skipped) => {
    const plan = planRoutes({ ...base, ...change });
    expect(plan.routes.map((route) => `${route.mode} ${route.credential.source}`)).toEqual(routes);
    expect(
      plan.skipped.map((skip) => `${skip.mode} ${skip.credential ?? "-"} ${skip.code}`),
    ).toEqual(skipped);
  });

  it("names what lenient leaves out", () => {
    const [route] = planRoutes({
      ...base,
      required: ["temperature"],
      only: "cli",
      lenient: new Set(["temperature"]),
    }).routes;
    expect(route?.ignored).toEqual(["temperature"]);
  });

  it("never plans a route that lacks something required, and none twice", () => {
    const features: Feature[] = ["system", "temperature", "tools", "images"];
    const facts = fc.record(
      {
        credentials: fc.uniqueArray(fc.constantFrom("login", "key", "none"), { minLength: 1 }),
        supports: fc.uniqueArray(fc.constantFrom(...features)),
        availability: fc.constantFrom(open, loggedOut, gone, {
          ...open,
          supports: ["tools"],
        } as const),
      },
      { requiredKeys: ["credentials", "supports"] },
    );
    const input = fc.record({
      required: fc.uniqueArray(fc.constantFrom(...features)),
      prefer: fc.constantFrom("cli", "sdk"),
      only: fc.constantFrom("cli", "sdk", undefined),
      billing: fc.constantFrom("any", "login", "key"),
      shared: fc.boolean(),
      lenient: fc.constant(new Set<Feature>()),
      modes: fc.record({ cli: facts, sdk: facts }, { requiredKeys: [] }),
      keys: fc.uniqueArray(fc.constantFrom("A", "B", "C")).map((names) => names.map(key)),
    });
    fc.assert(
      fc.property(input, (given) => {
        const plan = planRoutes({ ...base, ...given } as PlanInput);
        const names = plan.routes.map((route) => `${route.mode} ${route.credential.source}`);
        expect(new Set(names).size).toBe(names.length);
        for (const { mode, credential } of plan.routes) {
          const { availability, supports, credentials } = given.modes[mode] as ModeFacts;
          const has = (availability?.available && availability.supports) || supports;
          expect(has).toEqual(expect.arrayContaining(given.required));
          expect(credentials).toContain(credential.kind);
          expect(availability?.available).not.toBe(false);
          if (given.only !== undefined) expect(mode).toBe(given.only);
          if (given.billing === "login") expect(credential.kind).not.toBe("key");
          if (given.billing === "key" || given.shared) expect(credential.kind).not.toBe("login");
        }
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  ["a login that the CLI could hold", both, "Log in to the CLI, or allow"],
  ["no login where no mode takes one", { sdk: both.sdk }, "No login can be used here: allow"],
] as const)("names as the way out of billing login %s", (_, modes, fix) => {
  const { skipped } = planRoutes({ ...base, modes, billing: "login" });
  const missing = skipped.find(({ code }) => code === "MISSING_CREDENTIALS");
  expect(missing?.fix).toContain(fix);
});
