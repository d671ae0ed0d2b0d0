/**
 * `npm run bench [-- NAME …] [-- --json FILE|-]`: speed and memory, as medians in one process, next
 * to a bare loop or another way where there is one.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { benchEngines } from './engines';
import { benchImport } from './import';
import { benchLocalRewards } from './local-rewards';
import { benchPairEfficiency } from './pair-efficiency';
import { benchReader } from './reader';
import { benchRun } from './run';
import type { Figure } from './timing';

const SUITES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  engines: benchEngines,
  import: benchImport,
  lrf: async () => [...(await benchLocalRewards()), ...(await benchPairEfficiency())],
  reader: benchReader,
  run: benchRun,
};

const { values, positionals } = parseArgs({
  options: { json: { type: 'string' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  process.stderr.write(
    `unknown benchmark ${unknown.join(', ')}; valid: ${Object.keys(SUITES).join(', ')}\n`,
  );
  process.exit(2);
}
const report: Record<string, Figure[]> = {};
for (const [name, suite] of Object.entries(SUITES)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  report[name] = await suite();
  if (values.json !== '-') {
    for (const { name: figure, value, unit } of report[name]) {
      process.stdout.write(`${name}  ${figure.padEnd(58)} ${value.toPrecision(4)} ${unit}\n`);
    }
  }
}
const json = `${JSON.stringify(report, null, 2)}\n`;
if (values.json === '-') process.stdout.write(json);
else if (values.json !== undefined) await writeFile(values.json, json);
