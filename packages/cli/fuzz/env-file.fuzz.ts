import { parseEnv } from "node:util";
import dotenv from "dotenv";
import fc from "fast-check";
import { envLine, parseEnvFile } from "../src/secrets/env-file.ts";

const signs = fc.constantFrom(
  ..."'\"`\\#=$ \t\nabAZ09_é\u2028!(){}",
  "\\n",
  "\\r",
  "\r",
  "export ",
);
const value = fc.string({ unit: signs, minLength: 1, maxLength: 30 });
const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}_KEY$/);

export default {
  "what is written is read, in whatever company": fc.property(
    fc.uniqueArray(fc.tuple(name, value), { selector: ([each]) => each, maxLength: 6 }),
    (entries) => {
      const lines = entries.map(([each, text]) => ({ each, text, line: envLine(each, text) }));
      const kept = lines.filter(({ line }) => line !== undefined);
      const file = kept.map(({ line }) => `${line?.text}\n`).join("");
      const back = new Map(parseEnvFile(file));
      return kept.every(({ each, text }) => back.get(each) === text);
    },
  ),
  "what is said to be for dotenv is read by dotenv and by Node.js": fc.property(
    value,
    value,
    (first, second) => {
      const lines = [envLine("A_KEY", first), envLine("B_KEY", second)];
      if (!lines.every((line) => line?.isForDotenv)) return true;
      const file = lines.map((line) => `${line?.text}\n`).join("");
      return [dotenv.parse(file), parseEnv(file)].every(
        (read) => read.A_KEY === first && read.B_KEY === second,
      );
    },
  ),
  "what no line holds has all three quotes": fc.property(value, (text) => {
    const hasAll = ["'", '"', "`"].every((quote) => text.includes(quote)) || /\\[nr]/.test(text);
    return envLine("A_KEY", text) !== undefined || hasAll;
  }),
  "any file is read": fc.property(fc.string({ unit: signs, maxLength: 200 }), (file) =>
    parseEnvFile(file).every(([each]) => each !== "" && !each.includes("\n")),
  ),
};
