import { expect, test } from "vitest";
import { Metrics } from "../../packages/server/src/metrics/metrics.ts";
import { alertRules, dashboardQueries } from "./deployment.ts";

/** Prometheus gives these to all that it reads. */
const ofPrometheus = ["instance", "job"];

/** The labels that each metric has once a call is counted, by the name that a query has. */
async function labelsOfMetrics(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const metrics = new Metrics(
    () => 0,
    () => false,
  );
  metrics.count({
    id: "1",
    at: 0,
    wire: "chat",
    caller: "owner",
    asked: "fast",
    provider: "groq",
    model: "m",
    mode: "sdk",
    cached: false,
    fallback: false,
    attempts: 1,
    ms: 10,
    firstMs: 5,
    usage: { inputTokens: 1, outputTokens: 1 },
    costUsd: 0.1,
    status: 200,
  });
  const found = new Map<string, Set<string>>();
  for (const [, name = "", labels = ""] of (await metrics.text()).matchAll(
    /^(acc_\w+)(?:\{(.*)\})? /gm,
  )) {
    const known = found.get(name) ?? new Set(ofPrometheus);
    for (const [, label = ""] of labels.matchAll(/(\w+)="/g)) known.add(label);
    found.set(name, known);
  }
  return found;
}

test("each query of the dashboard and alerts has only labels that its metric has", async () => {
  const labels = await labelsOfMetrics();
  const queries = [...dashboardQueries(), ...alertRules().map(({ expr }) => expr)];
  expect(queries.join()).toContain("acc_shared_away");
  let checked = 0;
  for (const query of queries) {
    const names = query.match(/\bacc_\w+/g) ?? [];
    for (const name of names) expect([...labels.keys()], query).toContain(name);
    const has = new Set(
      ofPrometheus.concat(names.flatMap((name) => [...(labels.get(name) ?? [])])),
    );
    const grouped = [...query.matchAll(/\b(?:by|without|on|ignoring) ?\(([^)]*)\)/g)];
    const inGroups = grouped.flatMap(([, list = ""]) => list.split(",").map((one) => one.trim()));
    const chosen = [...query.matchAll(/[{,]\s*(\w+)\s*(?:=~|!~|!=|=)/g)];
    for (const label of [...inGroups, ...chosen.map(([, label = ""]) => label)]) {
      expect([...has], `${query} asks for ${label}`).toContain(label);
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(3);
});
