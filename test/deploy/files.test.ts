import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import { validate } from "dockerfile-utils";
import { Deployment } from "kubernetes-models/apps/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service, ServiceAccount } from "kubernetes-models/v1";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { root } from "../../scripts/steps/root.ts";
import {
  compose,
  dashboardQueries,
  deployFolder,
  deployText,
  type Manifest,
  manifests,
} from "./deployment.ts";

const isThere = (program: string) => spawnSync(program, ["--version"]).error === undefined;
const hasPromtool = isThere("promtool");
const hasSystemd = isThere("systemd-analyze");

test.runIf(process.env.CI)("CI has promtool and systemd-analyze", () => {
  expect([hasPromtool, hasSystemd]).toEqual([true, true]);
});

describe("the Dockerfile", () => {
  const text = deployText("Dockerfile");
  const stages = text.split(/^(?=FROM )/m).slice(1);

  test("has no fault that a linter finds, which finds those of a broken one", () => {
    expect(validate(text)).toEqual([]);
    expect(validate(text.replace("EXPOSE 4141", "EXPOSE no")).length).toBe(1);
  });

  test("ends in an image without a shell, not as root, and asks for its health by node", () => {
    const last = stages.at(-1) ?? "";
    expect(last).toMatch(/^FROM gcr\.io\/distroless\/nodejs\d+-debian12:nonroot$/m);
    expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(last).toMatch(/HEALTHCHECK [\s\S]*CMD \["\/nodejs\/bin\/node"/);
    expect(last).not.toMatch(/curl|wget|^RUN/m);
  });

  test("copies what is there, and installs by the pnpm that the project is made with", () => {
    const copied = [...text.matchAll(/^COPY (?:--chown=\S+ )?(deploy\/\S+)/gm)].map(([, at]) => at);
    expect(copied).toEqual(["deploy/acc-config.json"]);
    for (const file of copied) expect(existsSync(join(root, file ?? ""))).toBe(true);
    const { devEngines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const used = new Set([...text.matchAll(/pnpm@([\d.]+)/g)].map(([, version]) => version));
    expect([...used]).toEqual([devEngines.packageManager.version]);
  });

  test("packs every package, and leaves out what a build makes", () => {
    const ignored = deployText("Dockerfile.dockerignore").split("\n");
    expect(ignored).toEqual(expect.arrayContaining([".git", "**/node_modules", "**/dist"]));
    expect(ignored).not.toContain("packages");
  });
});

describe("the compose file", () => {
  const file = compose();

  test("is one by the schema of compose, which refuses a word that is none", () => {
    const schema = JSON.parse(readFileSync(join(root, "test/deploy/compose-spec.json"), "utf8"));
    const { $schema: _, ...rest } = schema;
    const check = new Ajv({ strict: false, validateFormats: false }).compile(rest);
    expect([check(file), check.errors]).toEqual([true, null]);
    const wrong = structuredClone(file) as { services: Record<string, object> };
    Object.assign(wrong.services.redis ?? {}, { read_onyl: true });
    expect(check(wrong)).toBe(false);
  });

  test("has two servers on one Redis that syncs each write, and none may change its image", () => {
    const { services } = file;
    for (const name of ["acc-1", "acc-2"]) {
      const server = services[name];
      expect(server).toMatchObject({ user: "65532:65532", read_only: true, cap_drop: ["ALL"] });
      expect(server?.command).toContain("--redis=redis://redis:6379");
      expect(server?.command).toContain(`--allow-host=${name}`);
    }
    expect(services.redis?.command?.join(" ")).toContain("--appendonly yes --appendfsync always");
    for (const [name, { security_opt: options, image }] of Object.entries(services)) {
      expect(options, name).toContain("no-new-privileges:true");
      expect(image, name).toMatch(/:[\w.-]+$/);
    }
  });

  test("names files that are there, and secrets that it has", () => {
    for (const { volumes = [], secrets = [] } of Object.values(file.services)) {
      for (const secret of secrets) expect(Object.keys(file.secrets)).toContain(secret);
      for (const [from = ""] of volumes.map((each) => each.split(":"))) {
        const isFile = from.startsWith("./");
        expect(isFile ? existsSync(join(deployFolder, from)) : from in file.volumes).toBe(true);
      }
    }
    expect(deployText("README.md")).toContain("secrets/acc_metrics_token");
  });
});

describe("the manifests of Kubernetes", () => {
  const kinds = { ConfigMap, ServiceAccount, Service, Deployment, PodDisruptionBudget };
  const check = (manifest: Manifest) =>
    new kinds[manifest.kind as keyof typeof kinds](manifest as never).validate();
  const found = (kind: string) => manifests().find((each) => each.kind === kind) as Manifest;

  test("are what Kubernetes takes, whose schemas refuse a broken one", () => {
    expect(manifests().map(({ kind }) => kind)).toEqual(Object.keys(kinds).sort(inOrder));
    for (const manifest of manifests()) expect(() => check(manifest)).not.toThrow();
    const wrong = { ...found("Deployment"), spec: { replicas: "2" } };
    expect(() => check(wrong)).toThrow("replicas");
  });

  test("run it as nobody, on a root file system that is read alone, with probes", () => {
    const { spec } = found("Deployment") as unknown as { spec: { template: { spec: PodSpec } } };
    const [container] = spec.template.spec.containers;
    expect(spec.template.spec.securityContext.runAsNonRoot).toBe(true);
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
      expect(container?.[probe]).toMatchObject({ httpGet: { path: "/health", port: "http" } });
    }
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(35);
  });
});

interface PodSpec {
  readonly securityContext: { readonly runAsNonRoot: boolean };
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly Record<string, unknown>[];
}

const order = ["ConfigMap", "ServiceAccount", "Deployment", "Service", "PodDisruptionBudget"];
const inOrder = (one: string, other: string) => order.indexOf(one) - order.indexOf(other);

describe("Prometheus and Grafana", () => {
  test("Prometheus asks both servers, by a token in a file", () => {
    const [job] = parse(deployText("prometheus/prometheus.yml")).scrape_configs;
    const servers = Object.keys(compose().services).filter((name) => name.startsWith("acc-"));
    expect(job.static_configs[0].targets).toEqual(servers.map((name) => `${name}:4141`));
    expect(job.authorization).toEqual({ credentials_file: "/run/secrets/acc_metrics_token" });
  });

  test.runIf(hasPromtool)("promtool takes the settings, and each query of the dashboard", () => {
    const config = join(deployFolder, "prometheus/prometheus.yml");
    expect(promtool("check", "config", "--syntax-only", config)).toEqual([0, ""]);
    const rules = (queries: readonly string[]) => {
      const folder = mkdtempSync(join(tmpdir(), "acc-rules-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const each = queries.map((expr, at) => ({ record: `acc:query:${at}`, expr }));
      const path = join(folder, "rules.yml");
      writeFileSync(path, JSON.stringify({ groups: [{ name: "dashboard", rules: each }] }));
      return promtool("check", "rules", path)[0];
    };
    const queries = dashboardQueries().map((each) => each.replaceAll("$__rate_interval", "5m"));
    expect(rules(queries)).toBe(0);
    expect(rules(["sum(rate(acc_calls_total[5m])"])).not.toBe(0);
  });

  test("the dashboard is read from where Grafana is told, by the source that it has", () => {
    const [source] = parse(deployText("grafana/provisioning/datasources/prometheus.yaml"))
      .datasources as { uid: string; url: string }[];
    const dashboard = deployText("grafana/dashboards/acc.json");
    const used = [...dashboard.matchAll(/"uid": "(acc-\w+)"/g)].map(([, uid]) => uid);
    expect([...new Set(used)]).toEqual([source?.uid]);
    expect(source?.url).toBe("http://prometheus:9090");
  });
});

function promtool(...args: readonly string[]): [number | null, string] {
  const { status, stderr } = spawnSync("promtool", args, { encoding: "utf8" });
  return [status, stderr];
}

describe.runIf(hasSystemd)("the unit of systemd", () => {
  const unit = join(deployFolder, "systemd/acc-serve.service");
  const analyze = (...args: readonly string[]) =>
    spawnSync("systemd-analyze", [...args], { encoding: "utf8" });

  test("is one that systemd takes, which tells a word that is none", () => {
    const said = (path: string) => analyze("verify", "--man=no", path).stderr;
    const about = (text: string) =>
      text
        .split("\n")
        .filter((line) => /acc-serve/.test(line) && !/not executable|No such file/.test(line));
    expect(about(said(unit))).toEqual([]);
    const folder = mkdtempSync(join(tmpdir(), "acc-unit-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const wrong = join(folder, "acc-serve.service");
    writeFileSync(wrong, readFileSync(unit, "utf8").replace("NoNewPrivileges", "NoNewPrivilege"));
    expect(about(said(wrong)).join()).toContain("NoNewPrivilege");
  });

  test("exposes little, as systemd counts it", () => {
    const { stdout } = analyze("security", "--offline=true", "--no-pager", unit);
    const level = /Overall exposure level for acc-serve\.service: ([\d.]+)/.exec(stdout)?.[1];
    expect(Number(level)).toBeLessThan(2);
  });
});
