import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseConfig } from "../../packages/cli/src/config/read-config-file.ts";
import { createProgram } from "../../packages/cli/src/program.ts";
import { codeBlocks } from "../../scripts/docs/markdown.ts";
import { root } from "../../scripts/steps/root.ts";
import { compose, deployText, type Manifest, manifests } from "./deployment.ts";

const found = (kind: string) => manifests().find((each) => each.kind === kind) as Manifest;

/** The config files of the deployments, and those that the guide shows. */
function configs(): readonly (readonly [where: string, text: string])[] {
  const { data } = found("ConfigMap") as unknown as { readonly data: Record<string, string> };
  const guide = readFileSync(join(root, "docs/platform-teams.md"), "utf8");
  const blocks = codeBlocks(guide).filter(({ language }) => language === "json");
  const inline = [guide, deployText("README.md")].flatMap((text) =>
    [...text.matchAll(/`("(?:secrets|serve)": \{.*?\})`/g)].map(([, member]) => `{${member}}`),
  );
  expect([blocks.length, inline.length]).toEqual([2, 3]);
  return [
    ["the image's", deployText("acc-config.json")],
    ["the unit's", deployText("systemd/config.json")],
    ["the manifests'", data["config.json"] ?? ""],
    ...blocks.map(({ line, code }) => [`line ${line} of the guide`, code] as const),
    ...inline.map((text) => [text, text] as const),
  ];
}

describe("acc's own reader of settings", () => {
  test.each(configs())("takes %s", async (where, text) => {
    const members = Object.keys(JSON.parse(text)).filter((name) => name !== "version");
    expect(Object.keys(await parseConfig(text, where)).sort()).toEqual(members.sort());
    const wrong = text.replace(/"(store|provider|issuer|audit)"/, '"stoer"');
    expect(wrong).not.toBe(text);
    await expect(parseConfig(wrong, where)).rejects.toMatchObject({ code: "INVALID_FILE" });
  });
});

/** The words after `acc` of every start that the deployments have, and of what their README shows. */
function commands(): readonly (readonly [where: string, words: readonly string[]])[] {
  const { services } = compose();
  const { spec } = found("Deployment") as unknown as {
    readonly spec: {
      readonly template: { readonly spec: { readonly containers: { readonly args: string[] }[] } };
    };
  };
  const [, image = ""] = /^CMD (\[.*\])$/m.exec(deployText("Dockerfile")) ?? [];
  const [, unit = ""] =
    /^ExecStart=\S+ \S+ (.*)$/m.exec(deployText("systemd/acc-serve.service")) ?? [];
  const readme = deployText("README.md").replaceAll("\\\n", " ");
  const shown = [...readme.matchAll(/dist\/main\.cjs\s+(.*)$/gm)].map(([, words = ""]) => words);
  expect(shown).toHaveLength(1);
  return [
    ["acc-1", services["acc-1"]?.command ?? []],
    ["acc-2", services["acc-2"]?.command ?? []],
    ["the manifests", spec.template.spec.containers[0]?.args ?? []],
    ["the image", JSON.parse(image)],
    ["the unit", unit.split(" ")],
    ...shown.map((words) => ["the README", words.trim().split(/\s+/)] as const),
  ];
}

/** What the command line would be given, by acc's own words; nothing is run. */
function parsed(words: readonly string[]): object {
  const program = createProgram("0", "serve");
  let options: object | undefined;
  const still = (command: ReturnType<typeof createProgram>): void => {
    command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
    command.action(() => {
      options = command.optsWithGlobals();
    });
    for (const below of command.commands) still(below);
  };
  for (const command of program.commands) still(command);
  program.parse([...words], { from: "user" });
  return options ?? {};
}

describe("acc's own reader of flags", () => {
  test.each(commands())("takes those of %s", (_, words) => {
    expect(words[0]).toBe("serve");
    expect(Object.keys(parsed(words)).length).toBeGreaterThan(1);
    expect(() => parsed([...words, "--redsi=redis://redis:6379"])).toThrow(/unknown option/);
  });

  test("gives what the flags say", () => {
    expect(parsed(compose().services["acc-1"]?.command ?? [])).toMatchObject({
      host: "0.0.0.0",
      allowRemote: true,
      allowHost: ["acc-1", "acc-2"],
      redis: "redis://redis:6379",
    });
  });
});

test("Grafana reads the dashboards from the folder that compose gives it", () => {
  const { providers } = parse(deployText("grafana/provisioning/dashboards/acc.yaml"));
  const { volumes = [] } = compose().services.grafana ?? {};
  const [provider] = providers;
  expect(provider).toMatchObject({ type: "file", name: "acc" });
  expect(volumes).toContain(`./grafana/dashboards:${provider.options.path}:ro`);
  expect(volumes).toContain("./grafana/provisioning:/etc/grafana/provisioning:ro");
});
