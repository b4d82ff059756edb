import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dashboardQueries, deployText } from "./deployment.ts";
import { canRestrict, startRestricted, user } from "./restricted.ts";

const metricsToken = "token-of-metrics-in-a-file-0123456789";
const secrets = {
  acc_server_token: "token-of-the-owner-in-a-file-0123456789",
  acc_metrics_token: metricsToken,
  groq_api_key: "gsk-key-that-opens-nothing",
};

test.runIf(process.env.CI)("CI can start it under restrictions", () => {
  expect(canRestrict()).toBe(true);
});

describe.runIf(canRestrict())("acc serve as the image starts it", () => {
  test("runs as nobody, without rights, on a file system that is read alone", async () => {
    const served = await startRestricted(secrets);
    const status = readFileSync(`/proc/${served.pid}/status`, "utf8");
    expect(status).toMatch(new RegExp(`^Uid:\\t${user}\\t${user}\\t${user}\\t${user}$`, "m"));
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    for (const set of ["Prm", "Eff", "Bnd", "Amb"]) {
      expect(status).toMatch(new RegExp(`^Cap${set}:\\t0+$`, "m"));
    }
    const write = (path: string) =>
      `try { require("fs").writeFileSync(${JSON.stringify(path)}, "") }
       catch ({ code }) { console.log(code) }`;
    expect(served.tries(write("/etc/acc-was-here"))).toMatch(/^E(ROFS|ACCES)$/m);
    expect(served.tries(write(`${served.writable}/file`))).toBe("");
    expect((await fetch(`${served.url}/health`)).status).toBe(200);
    expect(await served.end()).toBe(0);
  }, 60_000);

  test("passes the check of health that the image has, and fails it once it has ended", async () => {
    const served = await startRestricted(secrets);
    const [, check = ""] = /"-e", "([^"]+)"\]/.exec(deployText("Dockerfile")) ?? [];
    const { port } = new URL(served.url);
    const program = check.replace(":4141", `:${port}`).replaceAll("process.exit(", "console.log(");
    expect(served.tries(program)).toBe("0\n");
    expect(await served.end()).toBe(0);
    expect(served.tries(program)).toBe("1\n");
  }, 60_000);

  test("has each metric that the dashboard asks for, and shows no secret of a file", async () => {
    const served = await startRestricted(secrets);
    const ask = (token: string) =>
      fetch(`${served.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(secrets.acc_server_token)).status).toBe(403);
    const metrics = await ask(metricsToken);
    const text = await metrics.text();
    const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const asked = dashboardQueries().flatMap((query) => query.match(/\bacc_\w+/g) ?? []);
    expect(new Set(asked).size).toBeGreaterThan(5);
    for (const name of asked) {
      expect(known).toContain(name.replace(/_(bucket|sum|count)$/, ""));
    }
    const shown = text + served.said() + readFileSync(`/proc/${served.pid}/cmdline`, "utf8");
    const environment = readFileSync(`/proc/${served.pid}/environ`, "utf8");
    for (const secret of Object.values(secrets)) {
      expect(shown + environment).not.toContain(secret);
    }
    await served.end();
  }, 60_000);
});
