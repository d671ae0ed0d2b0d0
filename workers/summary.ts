/** What the page can show of a workload before it runs. */
import { knownDirectives, type Workload } from '../src/compose/catalogue';
import { describeComponent } from '../src/core/system/component';
import { edges } from '../src/core/system/compound-system';
import type { SystemSummary } from './run-protocol';

const SAMPLES = 8;

export function summarise({ module, system, data }: Workload): SystemSummary {
  const { name, title, description, inputs, output, reward } = system;
  const { train, validation, test } = data.splits;
  return {
    name,
    title,
    description,
    metric: reward.name,
    inputs,
    output,
    components: system.components.map(describeComponent),
    edges: edges(system),
    help: module.help,
    choosesModels: module.choosesModels === true,
    directives: knownDirectives(),
    data: {
      name: data.name,
      counts: data.counts ?? {},
      train: train.length,
      validation: validation.length,
      test: test.length,
      notes: data.notes,
      samples: train.slice(0, SAMPLES).map((example) => ({
        question: example.inputs[inputs[0]!] ?? '',
        answer: example.expected.join(' / '),
      })),
    },
  };
}
