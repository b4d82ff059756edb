import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compose, deployText, type Manifest, manifests } from "./deployment.ts";

/** What people who run servers of Node.js have met, each with its report. */
interface Pod {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly {
    readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
    readonly livenessProbe: { readonly periodSeconds: number; readonly failureThreshold: number };
    readonly readinessProbe: { readonly periodSeconds: number };
    readonly volumeMounts: readonly { readonly mountPath: string; readonly readOnly?: boolean }[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
  }[];
}

const deployment = manifests().find(({ kind }) => kind === "Deployment") as Manifest & {
  readonly spec: {
    readonly replicas: number;
    readonly strategy: { readonly rollingUpdate: { readonly maxUnavailable: number } };
    readonly template: { readonly spec: Pod };
  };
};
const pod = deployment.spec.template.spec;
const [container] = pod.containers as [Pod["containers"][number]];
/** Seconds that calls in flight get, which `acc serve` has as its own bound. */
const drain = 30;

describe("the unit of systemd", () => {
  const unit = deployText("systemd/acc-serve.service");

  // gastownhall/gascity-dashboard#174, nodejs/node#55509: V8 ends at once where it may make no code
  test("lets V8 compile", () => {
    expect(unit).not.toMatch(/^MemoryDenyWriteExecute=(yes|true|on|1)$/m);
    expect(unit).not.toMatch(/--jitless/);
  });

  // oven-sh/bun#41900: a bound of the address space is no bound of memory, and ends the process
  test("bounds no address space", () => {
    expect(unit).not.toMatch(/^LimitAS=/m);
  });

  test("gives calls in flight the time that the server gives them", () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(unit) ?? [];
    expect(Number(seconds)).toBeGreaterThan(drain);
  });
});

describe("the manifests of Kubernetes", () => {
  // kubernetes/kubernetes#43576, nestjs/terminus#2569: new requests come until all have heard
  test("let a pod serve on before it is told to end, and end in time", () => {
    const { seconds } = container.lifecycle.preStop.sleep;
    expect(seconds).toBeGreaterThanOrEqual(container.readinessProbe.periodSeconds);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(seconds + drain);
    expect(deployment.spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
  });

  // A server that ends tells so by /health: nobody may take it for one that hangs.
  test("kill no pod that is ending because it says so", () => {
    const { periodSeconds, failureThreshold } = container.livenessProbe;
    expect(periodSeconds * failureThreshold).toBeGreaterThan(pod.terminationGracePeriodSeconds);
  });

  // skyhook-io/radar#92, nordeck/matrix-poll#22: what is written went to a root that is read alone
  test("have a place for all that is written, and no other", () => {
    const image = deployText("Dockerfile").split("FROM ").at(-1) ?? "";
    const variables = [...image.matchAll(/\b(HOME|XDG_\w+)=(\S+)/g)].map(([, , path]) => path);
    expect(variables.length).toBeGreaterThan(0);
    const writable = container.volumeMounts.filter(({ readOnly }) => readOnly !== true);
    expect(writable.map(({ mountPath }) => mountPath)).toEqual(["/tmp"]);
    for (const path of variables) expect(path).toMatch(/^\/tmp(\/|$)/);
    for (const name of ["acc-1", "acc-2"]) {
      expect(compose().services[name]).toMatchObject({ tmpfs: [expect.stringMatching("^/tmp:")] });
    }
  });

  test("have a disruption budget that a node can be drained by", () => {
    const { spec } = manifests().find(({ kind }) => kind === "PodDisruptionBudget") as Manifest & {
      readonly spec: { readonly maxUnavailable: number };
    };
    expect(spec.maxUnavailable).toBeGreaterThanOrEqual(1);
    expect(spec.maxUnavailable).toBeLessThan(deployment.spec.replicas);
  });
});

describe("the compose file", () => {
  // BerriAI/litellm#9295, petersimmons1972/olla#78, GoogleContainerTools/distroless#183
  test("checks health by what the image has, in no shell", () => {
    for (const [name, service] of Object.entries(compose().services)) {
      const { healthcheck } = service as { readonly healthcheck?: { readonly test: string[] } };
      if (name.startsWith("acc-")) expect(healthcheck, "the image's own").toBeUndefined();
      else if (healthcheck) expect(healthcheck.test.slice(0, 2)).toEqual(["CMD", "redis-cli"]);
    }
    expect(deployText("Dockerfile")).toMatch(/HEALTHCHECK [\s\S]*CMD \[/);
  });

  test("waits for a Redis that answers, and gives a server time to end", () => {
    for (const name of ["acc-1", "acc-2"]) {
      const service = compose().services[name] as unknown as {
        readonly depends_on: object;
        readonly stop_grace_period: string;
      };
      expect(service.depends_on).toEqual({ redis: { condition: "service_healthy" } });
      expect(Number.parseInt(service.stop_grace_period, 10)).toBeGreaterThan(drain);
    }
  });
});

describe("Grafana's dashboard", () => {
  const text = deployText("grafana/dashboards/acc.json");
  const dashboard = JSON.parse(text) as Readonly<Record<string, unknown>>;

  // grafana/grafana#10786, Tr3kkR/Yuzu#1614: files of provisioning have no inputs that are asked for
  test("names the source by its uid, and not by an input", () => {
    expect(dashboard).not.toHaveProperty("__inputs");
    expect(text).not.toContain("${DS_");
    const { datasources } = parse(deployText("grafana/provisioning/datasources/prometheus.yaml"));
    expect(datasources).toEqual([expect.objectContaining({ uid: expect.stringMatching(/./) })]);
  });

  // grafana/grafana#11018: an id is of the Grafana that it was exported from
  test("has no id of another Grafana, and a uid of its own", () => {
    expect(dashboard.id ?? null).toBeNull();
    expect(dashboard.uid).toEqual(expect.stringMatching(/^[\w-]{1,40}$/));
  });
});
