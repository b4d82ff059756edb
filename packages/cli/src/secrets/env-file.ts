/** One line of a `.env` file, and who reads it as it was meant. */
export interface EnvLine {
  readonly text: string;
  /** A shell that sources it gets the same value, and runs nothing. */
  readonly isForShells: boolean;
  /** So does the package dotenv, which reads a backslash before a closing quote, and CR, otherwise. */
  readonly isForDotenv: boolean;
}

/**
 * A variable as a line that Node.js and `acc secrets import` read back as it is; undefined where
 * there is none. No reader knows an escape for a quote, so one that the value lacks is taken.
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

/** Read without quotes: nothing that ends the value, begins a quote or is trimmed. */
function isBare(value: string): boolean {
  return !/^['"`]/.test(value) && !/[#\r\n\u2028\u2029]/.test(value) && value === value.trim();
}

/**
 * Where a shell stops to read: the lines after it are for readers of `.env` files alone, to whom it
 * is one more variable.
 */
export const endForShells = "ACC_SECRETS_REST='' return 2>/dev/null || exit 1";

/**
 * The variables of a `.env` file in their order, as Node.js reads them; but a carriage return in
 * quotes stays, unless every line of the file ends in one.
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
