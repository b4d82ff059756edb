import { dirname } from "node:path";
import { expect, test } from "vitest";
import webpack, { type Configuration, type StatsError } from "webpack";
import { defaultAnswer } from "../../scripts/mock-server.ts";
import { accGroq, run, writeApp } from "./app.ts";

/** What docs/bundlers.md says that webpack warns of; none of it is used in a bundle. */
const known = /fs-native-extensions|require-addon|'@napi-rs\/keyring'/;

async function warningsOf(configuration: Configuration): Promise<readonly StatsError[]> {
  const compiler = webpack(configuration);
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
    compiler?.run((error, done) => (error ? reject(error) : resolve(done))),
  );
  await new Promise((resolve) => compiler?.close(resolve));
  const { errors, warnings = [] } =
    stats?.toJson({ all: false, errors: true, warnings: true }) ?? {};
  expect(errors).toEqual([]);
  return warnings;
}

const formats: Readonly<Record<string, Configuration>> = {
  CommonJS: { output: { filename: "app.cjs", chunkFilename: "[id].cjs" } },
  "ES modules": {
    experiments: { outputModule: true },
    output: { filename: "app.mjs", chunkFilename: "[id].mjs", module: true, chunkFormat: "module" },
  },
};

test.each(
  Object.keys(formats).flatMap((format) =>
    ["claude", "gemini", "groq"].map((name) => [format, name] as const),
  ),
)("webpack, %s: %s answers", async (format, name) => {
  const { entry, out } = writeApp(name);
  const { output, ...rest } = formats[format] ?? {};
  const warnings = await warningsOf({
    context: dirname(entry),
    mode: "production",
    target: "node20",
    entry,
    optimization: { minimize: false },
    ...rest,
    output: { ...output, path: out },
  });
  const others = warnings.filter(
    ({ moduleName, message }) => !known.test(`${moduleName}${message}`),
  );
  expect(others).toEqual([]);
  const file = String(output?.filename);
  const { sdk, cli } = await run(out, file, { ...(name === "groq" && { CLI: accGroq }) });
  expect(sdk).toEqual({ mode: "sdk", text: defaultAnswer });
  if (name === "groq") expect(cli).toEqual({ mode: "cli", text: defaultAnswer });
  else expect(cli).toMatchObject({ code: "CLI_NOT_FOUND" });
});
