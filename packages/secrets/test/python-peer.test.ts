import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Fernet, generateFernetKey, openSecrets } from "../src/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const script = fileURLToPath(new URL("./fixtures/programs/fernet-peer.py", import.meta.url));

/** Python's own `cryptography`: each task in, each answer out. */
function python(tasks: readonly Record<string, string>[]): (string | null)[] {
  const input = JSON.stringify(tasks);
  return JSON.parse(execFileSync("/usr/bin/python3", [script], { input, encoding: "utf8" }));
}

function hasPython(): boolean {
  try {
    return (
      execFileSync("/usr/bin/python3", ["-c", "import cryptography"], { stdio: "ignore" }) === null
    );
  } catch {
    return false;
  }
}

const present = hasPython();

test.runIf(process.env.CI)("CI has Debian's python3-cryptography", () => {
  expect(present).toBe(true);
});

describe.skipIf(!present)("Python's cryptography", () => {
  test("opens what we seal, and we open what it seals, 200 times each way", () => {
    const key = generateFernetKey();
    const fernet = new Fernet(key);
    const values = Array.from({ length: 200 }, (_, length) => randomBytes(length * 3));
    const opened = python(
      values.map((value) => ({ do: "decrypt", key, token: fernet.encrypt(value) })),
    );
    expect(opened).toEqual(values.map((value) => value.toString("hex")));
    const sealed = python(
      values.map((value) => ({ do: "encrypt", key, hex: value.toString("hex") })),
    );
    const back = sealed.map((token) => fernet.decrypt(token ?? "").toString("hex"));
    expect(back).toEqual(values.map((value) => value.toString("hex")));
  });

  test("takes and refuses the same forms of key and token as we do", () => {
    const key = generateFernetKey();
    const token = new Fernet(key).encrypt("some value");
    const forms = (text: string): string[] => [
      text,
      `${text}\n`,
      ` ${text}`,
      `${text.slice(0, 10)}\r\n ${text.slice(10)}`,
      text.replaceAll("-", "+").replaceAll("_", "/"),
      text.replaceAll("=", ""),
      `${text}=`,
      `${text}====`,
      `${text}AAAA`,
      `%%${text}%%`,
      `=${text}`,
      `${text.slice(0, 9)}=${text.slice(9)}`,
      `${text.slice(0, 10)}==${text.slice(10)}`,
      `${text}A`,
      text.slice(0, -1),
      text.slice(1),
      `é${text}`,
      "",
    ];
    const cases = [
      ...forms(key).map((form) => ({ do: "decrypt", key: form, token })),
      ...forms(token).map((form) => ({ do: "decrypt", key, token: form })),
    ];
    const ours = cases.map((one) => {
      try {
        return new Fernet(one.key).decrypt(one.token).toString("hex");
      } catch {
        return null;
      }
    });
    expect(ours).toEqual(python(cases));
    expect(ours.filter((answer) => answer !== null).length).toBeGreaterThan(8);
    expect(ours.filter((answer) => answer === null).length).toBeGreaterThan(8);
  });

  test("opens a store of its format that we wrote, and we what it wrote over it", async () => {
    const directory = join(temporaryFolder(), "store");
    const value = 'ключ 🔑 "quoted" \\ value';
    await using secrets = await openSecrets({ directory, env: {}, format: "original" });
    await secrets.set("first_api_key", value);
    const [read] = python([{ do: "load", directory }]);
    expect(JSON.parse(read ?? "")).toEqual({ first_api_key: value });
    const map = JSON.stringify({ first_api_key: value, "second-api-key": "Zweiter Wert ß" });
    python([{ do: "save", directory, map }]);
    await secrets.refresh();
    expect((await secrets.get("second_api_key"))?.reveal()).toBe("Zweiter Wert ß");
    expect((await secrets.get("first_api_key"))?.reveal()).toBe(value);
  });
});
