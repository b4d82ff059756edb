import { Command } from "commander";
import { examples } from "./examples.ts";

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Show which providers work on this machine, and how to fix what does not.")
    .option("--live", "make one real, short call on each route; this may cost money")
    .option("--json", "print it as one JSON document")
    .addHelpText("after", examples("acc doctor", "acc doctor --live", "acc doctor --json"))
    .action(async (options: { json?: boolean; live?: boolean }) => {
      const { doctor } = await import("../doctor/doctor.ts");
      await doctor(options);
    });
}
