import fc from "fast-check";
import { getNodeValue } from "jsonc-parser";
import { jsonText } from "../../secrets/fuzz/support/json-text.ts";
import { Failure } from "../src/failure.ts";
import { parseJson } from "../src/input/parse-json.ts";

/** The value, or the code with which it is refused. */
function read(text: string): { value: unknown } | { code: string } {
  try {
    return { value: getNodeValue(parseJson(text, "some.json")) };
  } catch (error) {
    if (error instanceof Failure) return { code: error.code };
    throw error;
  }
}

export default {
  "any text is JSON or refused by a code": fc.property(
    fc.oneof(fc.string({ unit: "binary" }), jsonText),
    (text) => {
      const found = read(text);
      return !("code" in found) || found.code !== "";
    },
  ),
  "what JSON.parse reads is read the same": fc.property(fc.json(), (text) => {
    const found = read(text);
    return "value" in found && JSON.stringify(found.value) === JSON.stringify(JSON.parse(text));
  }),
};
