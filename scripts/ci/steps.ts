import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkSteps, reportTo, testSteps } from "../steps/check-steps.ts";
import { root } from "../steps/root.ts";
import type { Step } from "../steps/step.ts";

const debianPackages = [
  "redis-server",
  "gnome-keyring",
  "dbus",
  "libsecret-1-0",
  "libsecret-tools",
  "pass",
  "gnupg",
  "keepassxc",
  "golang-docker-credential-helpers",
  "strace",
  "gcc",
  "libc6-dev",
  "python3-cryptography",
  "procps",
  "tmux",
  "zsh",
  "fish",
  "chromium",
  "fonts-dejavu-core",
  "prometheus",
  "systemd",
];

/** Scripts of the root that `pnpm check` leaves out. */
const standsApart = /^(stress:.+|test:matrix|size|release:dry)$/;

/** What would take too long on each change is done in part. */
const reduced: Readonly<Record<string, Pick<Step, "env">>> = {
  "stress:cache": { env: { ACC_STRESS_INVALIDATIONS: "2000" } },
  "stress:engine": { env: { ACC_STRESS_STANDBY_CALLS: "300", ACC_STRESS_SEED: "25" } },
  "stress:batch": {
    env: {
      ...{ ACC_STRESS_LINES: "1000", ACC_STRESS_KILLS: "10", ACC_STRESS_SEED: "24" },
      ...{ ACC_STRESS_QUEUE_LINES: "300", ACC_STRESS_QUEUE_KILLS: "2" },
      ...{ ACC_STRESS_VENDOR_LINES: "60", ACC_STRESS_VENDOR_KILLS: "6" },
    },
  },
  "stress:state": { env: { ACC_STRESS_CALLS: "500" } },
  "stress:server": {
    env: { ACC_STRESS_CALLS: "1000", ACC_STRESS_SEED: "22", ACC_STRESS_STREAMS: "1000" },
  },
};

/**
 * All that CI runs: the README's two commands, the other tests, the check, what stands apart. The real CLIs come
 * early, for the examples use them where they are installed.
 */
export function ciSteps(): Step[] {
  const scripts = rootScripts();
  const apart = Object.keys(scripts).filter((name) => standsApart.test(name));
  return [
    ...debian(),
    { name: "start", command: pnpm("start") },
    ...testSteps.map(({ name }) => vitestStep(name, scripts)),
    vitestStep("e2e", scripts),
    vitestStep("bundles", scripts),
    vitestStep("site", scripts),
    ...checkSteps.filter((step) => !testSteps.includes(step)),
    { name: "fuzz", command: pnpm("fuzz", "--ci") },
    ...apart.map((name) => ({ ...vitestStep(name, scripts), ...reduced[name] })),
  ];
}

function debian(): Step[] {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  return [
    { name: "apt-get update", command: ["apt-get", "update"], env },
    {
      name: "apt-get install",
      command: ["apt-get", "install", "-y", "--no-install-recommends", ...debianPackages],
      env,
    },
  ];
}

/** A script of the root that ends in vitest, and so takes its arguments and makes its report. */
function vitestStep(name: string, scripts: Readonly<Record<string, string>>): Step {
  const report = `reports/${name.replaceAll(":", "-")}.json`;
  const last = scripts[name]?.split("&&").at(-1) ?? "";
  return /\b(vitest|(e2e|bundles|site)\.ts)\b/.test(last)
    ? { name, command: pnpm(name, ...reportTo(report)), report, minutes: 26 }
    : { name, command: pnpm(name), minutes: 14 };
}

function pnpm(...args: string[]): Step["command"] {
  return ["npx", "-y", "pnpm@12.21.0", ...args];
}

function rootScripts(): Record<string, string> {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;
}
