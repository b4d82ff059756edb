import { createInterface, type Interface } from "node:readline/promises";
import { type Answers, defaultsFor, type Plan, problemWith } from "./plan.ts";
import { printable } from "./printable.ts";

const questions: Readonly<Record<keyof Plan, string>> = {
  id: "The provider's id, such as acme",
  package: "The package's name",
  baseUrl: "Where the server is, up to /v1",
  model: "The model of a client that names none",
  key: "The environment variable of its key, or nothing where it needs none",
  cli: "Its command on PATH that speaks docs/cli-protocol.md, or nothing where there is none",
};

/** Asks for the missing values, repeating each question until the answer is valid. */
export async function ask(
  given: Answers,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<Answers> {
  const lines = createInterface({ input, output });
  const answers: { -readonly [name in keyof Plan]?: string } = { ...given };
  try {
    for (const name of Object.keys(questions) as (keyof Plan)[]) {
      const proposed = name === "id" ? "" : defaultsFor(answers.id ?? "")[name];
      answers[name] ??= await askOne(lines, output, name, proposed);
    }
  } finally {
    lines.close();
  }
  return answers;
}

async function askOne(
  lines: Interface,
  output: NodeJS.WritableStream,
  name: keyof Plan,
  proposed: string,
): Promise<string> {
  const hint = proposed === "" ? "" : ` (${proposed})`;
  for (;;) {
    const answer =
      (await lines.question(printable(`${questions[name]}${hint}: `))).trim() || proposed;
    const problem = problemWith(name, answer);
    if (problem === undefined) return answer;
    output.write(printable(`${problem}\n`));
  }
}
