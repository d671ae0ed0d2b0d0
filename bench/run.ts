/** A whole headless run at the default budget: seconds and memory. */
import { loadWorkload, startRun, DEFAULT_BUDGET } from '../src/compose/catalogue';
import { nodeFeatures, nodeRewards } from './node-rewards';
import type { Figure } from './timing';

export async function benchRun(): Promise<Figure[]> {
  const workload = await loadWorkload();
  const rewardModel = await nodeRewards(
    workload.system.components.map(({ name }) => name),
    'wasm',
  );
  const features = nodeFeatures('dense');
  const start = performance.now();
  let events = 0;
  let peak = 0;
  const settings = {
    seed: 1,
    budget: DEFAULT_BUDGET,
    mode: 'default',
    rewardModel,
    features,
  };
  for await (const event of startRun(workload, settings)) {
    events += 1;
    if (event.type !== 'progress') peak = Math.max(peak, process.memoryUsage().rss);
  }
  return [
    {
      name: `run of ${DEFAULT_BUDGET} system runs`,
      value: (performance.now() - start) / 1000,
      unit: 's',
    },
    { name: 'highest resident memory seen', value: peak / 2 ** 20, unit: 'MiB' },
    { name: 'events', value: events, unit: 'events' },
  ];
}
