interface Task {
  run(order: unknown): Promise<unknown>;
}

/** The other side of `inOwnProcess`. */
process.once("message", async ({ order }: { order: unknown }) => {
  const { run } = (await import(process.argv[2] as string)) as Task;
  const result = await run(order);
  process.send?.({ result }, () => process.exit(0));
});
