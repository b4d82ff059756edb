import type { CounterStore } from "../store.ts";
import type { Connection } from "./connection.ts";

export function sqliteCounters(connection: Connection): CounterStore {
  return {
    add(amounts) {
      connection.transaction((prepare) => {
        const statement = prepare(
          `INSERT INTO counters (name, amount) VALUES (?, ?)
           ON CONFLICT (name) DO UPDATE SET amount = amount + excluded.amount`,
        );
        for (const [name, amount] of Object.entries(amounts)) statement.run(name, amount);
      });
    },
    read() {
      const rows = connection.use((_, prepare) => prepare("SELECT * FROM counters").all());
      return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.amount)]));
    },
  };
}
