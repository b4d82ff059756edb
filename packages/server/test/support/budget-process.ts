import { randomUUID } from "node:crypto";
import { fileBudgets } from "../../src/access/budgets/file-budgets.ts";

/**
 * Takes 1 of an account again and again, settles every other one, and says so on stdout, until it is
 * killed or the account has no more.
 */
const [folder = "", account = "", limit = "", name = "", longest] = process.argv.slice(2);
const budgets = fileBudgets(folder, longest === undefined ? {} : { longest: Number(longest) });
let number = 0;
for (;;) {
  number += 1;
  const id = `${name}-${randomUUID()}`;
  if (!(await budgets.take({ account, id, amount: 1_000, limit: Number(limit) }))) break;
  process.stdout.write(`took ${id}\n`);
  if (number % 2 === 0) await budgets.settle({ account, id, amount: 400 });
}
process.stdout.write("empty\n");
await budgets.close();
