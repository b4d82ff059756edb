import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { generateFernetKey, importOriginal, openSecrets } from "../src/index.ts";
import { failsWith } from "./codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const script = fileURLToPath(new URL("./fixtures/programs/original-peer.py", import.meta.url));

interface Task {
  readonly folder: string;
  readonly variable?: string | undefined;
  readonly encrypted?: boolean;
  /** Values to keep; null deletes. */
  readonly set?: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly values: Readonly<Record<string, unknown>>;
  readonly failed: string | null;
}

/** The Python program, made anew for each task. */
function pythonOriginal(): (task: Task) => Promise<Answer> {
  const child = spawn("/usr/bin/python3", [script], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (task) => {
    child.stdin.write(`${JSON.stringify(task)}\n`);
    return JSON.parse((await lines.next()).value);
  };
}

function hasPython(): boolean {
  try {
    execFileSync("/usr/bin/python3", ["-c", "import cryptography"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Numbers that are the same in every run (an LCG of Numerical Recipes). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const present = hasPython();

test.runIf(process.env.CI)("CI has Debian's python3-cryptography", () => {
  expect(present).toBe(true);
});

describe.skipIf(!present)("the Python program and this one in turn on one store", () => {
  test.each([1, 2])(
    "1,000 random steps, with and without the variable and the key file (seed %i)",
    async (seed) => {
      const python = pythonOriginal();
      const random = numbers(seed);
      const places = Array.from({ length: 8 }, (_, index) => ({
        folder: join(temporaryFolder(), `store-${index}`),
        key: generateFernetKey(),
        /** A variable that opens the store from the start, and must be there from then on. */
        isNeeded: index % 2 === 1,
        model: {} as Record<string, string>,
      }));
      for (const { folder } of places) mkdirSync(folder, { mode: 0o700 });
      for (let step = 0; step < 1_000; step += 1) {
        const place = places[random(places.length)] as (typeof places)[number];
        const { folder, model } = place;
        // Where there is a key file, a variable that is meant for another machine must not count.
        const foreign = random(2) === 0 && Object.keys(model).length > 0 && !place.isNeeded;
        const variable = place.isNeeded ? place.key : foreign ? generateFernetKey() : undefined;
        const name = `name_${random(5)}_key`;
        const value = random(4) === 0 ? null : `value-${step}-ключ "'\\`;
        const wanted = { ...model };
        if (value === null) delete wanted[name];
        else wanted[name] = value;
        if (random(2) === 0) {
          const { failed } = await python({ folder, variable, set: { [name]: value } });
          expect(failed).toBeNull();
        } else {
          const env = variable ? { IPFS_ACCELERATE_SECRETS_KEY: variable } : {};
          await using ours = await openSecrets({ directory: folder, env, format: "original" });
          if (value === null) await ours.delete(name);
          else await ours.set(name, value);
        }
        place.model = wanted;
        const seen = await python({ folder, variable });
        expect(seen).toEqual({ values: wanted, failed: null });
        const env = variable ? { IPFS_ACCELERATE_SECRETS_KEY: variable } : {};
        await using again = await openSecrets({ directory: folder, env, format: "original" });
        expect(await again.list()).toEqual(Object.keys(wanted).sort());
      }
    },
    180_000,
  );

  test("a plain-text original is opened and imported only when that is asked for", async () => {
    const python = pythonOriginal();
    const folder = join(temporaryFolder(), "plain");
    mkdirSync(folder, { mode: 0o700 });
    await python({ folder, encrypted: false, set: { groq_api_key: "groq-value-0001" } });
    await using target = await openSecrets({ directory: join(temporaryFolder(), "to"), env: {} });
    const place = { directory: folder, env: {} };
    await failsWith(() => importOriginal(target, place), "PLAINTEXT_REFUSED");
    const { imported } = await importOriginal(target, { ...place, encryption: "none" });
    expect(imported).toEqual(["groq_api_key"]);
    const options = { ...place, format: "original", encryption: "none" } as const;
    await using inPlace = await openSecrets(options);
    await inPlace.set("other_api_key", "other-value-0001");
    const { values } = await python({ folder, encrypted: false });
    expect(values).toEqual({ groq_api_key: "groq-value-0001", other_api_key: "other-value-0001" });
  });

  test("a value that is not a string is named, left out and kept; the others come", async () => {
    const python = pythonOriginal();
    const folder = join(temporaryFolder(), "mixed");
    mkdirSync(folder, { mode: 0o700 });
    const values = { groq_api_key: "groq-value-0001", port: 8080, list: ["a"], none: null };
    await python({ folder, set: { ...values, none: "later" } });
    await python({ folder, set: { none: false } });
    const warned: (string | undefined)[] = [];
    await using ours = await openSecrets({
      directory: folder,
      env: {},
      format: "original",
      onWarning: ({ code, name }) => warned.push(`${code} ${name}`),
    });
    expect(await ours.list()).toEqual(["groq_api_key"]);
    await ours.set("other_api_key", "other-value-0001");
    expect(warned).toEqual(["NOT_A_STRING port", "NOT_A_STRING list", "NOT_A_STRING none"]);
    expect((await python({ folder })).values).toEqual({
      ...{ groq_api_key: "groq-value-0001", other_api_key: "other-value-0001" },
      ...{ port: 8080, list: ["a"], none: false },
    });
    await using target = await openSecrets({ directory: join(temporaryFolder(), "to"), env: {} });
    const report = await importOriginal(target, { directory: folder, env: {} });
    expect(report.imported).toEqual(["groq_api_key", "other_api_key"]);
    expect(report.skipped).toEqual(
      ["port", "list", "none"].map((name) => ({ name, code: "VALUE_NOT_STRING" })),
    );
  });
});

test("plain text where a token was expected, and a token where plain text was, are told apart", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "secrets.enc"), '{"groq_api_key":"groq-value-0001"}', { mode: 0o600 });
  const place = { directory: folder, env: {}, format: "original" } as const;
  const message = await failsWith(() => openSecrets(place), "PLAINTEXT_REFUSED");
  expect(message).toContain('encryption: "none"');
  expect(message).not.toContain("groq-value");
  writeFileSync(join(folder, "secrets.enc"), '{"format":"acc-secrets"}', { mode: 0o600 });
  await failsWith(() => openSecrets(place), "WRONG_FORMAT");
});
