export interface Table {
  name: string;
  rows: { label: string; value: string }[];
}

/** What each file of this folder exports as `run`. */
export type Bench = Table | Table[];

/** Filled in by scripts/lib/bench.mjs: the benchmarks that were asked for. */
declare const BENCHES: readonly string[];

function print({ name, rows }: Table): void {
  const width = Math.max(...rows.map(({ label }) => label.length));
  console.log(`\n${name}`);
  for (const { label, value } of rows) console.log(`  ${label.padEnd(width)}  ${value}`);
}

for (const name of BENCHES) {
  const { run } = (await import(`./${name}.ts`)) as { run: () => Promise<Bench> };
  for (const table of [await run()].flat()) print(table);
}
