/** One line of a `.env` file, and which readers understand it correctly. */
export interface EnvLine {
  readonly text: string;
  /** Whether a shell that sources it gets the same value, and runs nothing. */
  readonly isForShells: boolean;
  /**
   * Whether the package dotenv gets the same value. It reads a backslash before a closing quote,
   * and CR, differently.
   */
  readonly isForDotenv: boolean;
}

/**
 * Writes a variable as a line that Node.js and `acc secrets import` read back unchanged; undefined
 * if there is none. No reader knows an escape for a quote, so a quote that is not in the value is
 * used.
 */
export function envLine(variable: string, value: string): EnvLine | undefined {
  const isVariable = /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable);
  const hasReturn = value.includes("\r");
  const ways = [
    value.includes("'") ? undefined : { quote: "'", isForShells: true },
    /["]|\\[nr]/.test(value) ? undefined : { quote: '"', isForShells: !/[$`\\!]/.test(value) },
    value.includes("`") ? undefined : { quote: "`", isForShells: false },
    isBare(value) ? { quote: "", isForShells: /^[\w./:@%+,=-]+$/.test(value) } : undefined,
  ];
  const lines = ways
    .filter((way) => way !== undefined)
    .map(({ quote, isForShells }) => ({
      text: `${variable}=${quote}${value}${quote}`,
      isForShells: isForShells && isVariable,
      isForDotenv: !hasReturn && !(quote !== "" && value.endsWith("\\")),
    }));
  return lines.find(({ isForDotenv }) => isForDotenv) ?? lines[0];
}

/**
 * Whether a value can be read without quotes: nothing in it ends the value, starts a quote or is
 * trimmed.
 */
function isBare(value: string): boolean {
  return !/^['"`]/.test(value) && !/[#\r\n\u2028\u2029]/.test(value) && value === value.trim();
}

/**
 * The line at which a shell stops reading. The lines after it are only for readers of `.env` files,
 * to which this line is one more variable.
 */
export const endForShells = "ACC_SECRETS_REST='' return 2>/dev/null || exit 1";

/**
 * Parses the variables of a `.env` file in their order, as Node.js does, except that a carriage
 * return in quotes stays unless every line of the file ends in one.
 */
export function parseEnvFile(text: string): readonly (readonly [name: string, value: string])[] {
  const isDos = /\r\n/.test(text) && !/(?<!\r)\n/.test(text);
  const file = (isDos ? text.replaceAll("\r\n", "\n") : text).replace(/^\uFEFF/, "");
  const found: [string, string][] = [];
  let at = 0;
  while (at < file.length) {
    const end = endOfLine(file, at);
    const equals = file.indexOf("=", at);
    const name = file
      .slice(at, equals)
      .trim()
      .replace(/^export\s+/, "");
    if (equals < 0 || equals > end || name === "" || name.startsWith("#")) {
      at = end + 1;
      continue;
    }
    const { value, next } = valueAt(file, equals + 1);
    found.push([name, value]);
    at = next;
  }
  return found;
}

function valueAt(file: string, from: number): { value: string; next: number } {
  const end = endOfLine(file, from);
  let start = from;
  while (start < end && /[ \t]/.test(file.charAt(start))) start += 1;
  const quote = file.charAt(start);
  const close = /['"`]/.test(quote) ? file.indexOf(quote, start + 1) : -1;
  if (close > 0) {
    const inside = file.slice(start + 1, close);
    const value = quote === '"' ? inside.replaceAll("\\n", "\n") : inside;
    return { value, next: endOfLine(file, close) + 1 };
  }
  const [value = ""] = file.slice(start, end).split("#");
  return { value: value.trim(), next: end + 1 };
}

function endOfLine(file: string, from: number): number {
  const end = file.indexOf("\n", from);
  return end < 0 ? file.length : end;
}
