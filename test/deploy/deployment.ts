import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { root } from "../../scripts/steps/root.ts";

export const deployFolder: string = join(root, "deploy");

export function deployText(file: string): string {
  return readFileSync(join(deployFolder, file), "utf8");
}

/** What of a compose file the tests look at. */
interface ComposeService {
  readonly command?: readonly string[];
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

export function compose(): Compose {
  return parse(deployText("compose.yaml"), { merge: true });
}

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

export function manifests(): readonly Manifest[] {
  return parseAllDocuments(deployText("kubernetes/acc.yaml")).map((each) => each.toJS());
}

interface AlertRule {
  readonly alert: string;
  readonly expr: string;
}

export function alertRules(): readonly AlertRule[] {
  const { groups } = parse(deployText("prometheus/rules.yml")) as {
    readonly groups: readonly { readonly rules: readonly AlertRule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

/** The queries of every panel of the dashboard. */
export function dashboardQueries(): readonly string[] {
  const { panels } = JSON.parse(deployText("grafana/dashboards/acc.json")) as {
    panels: { targets: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}
