/** The text of a task, as people and language models read it. */
import { AGGREGATE, FILTER, MAP } from './operations';
import { RULES, RULE_ORDER, SOURCES } from './sources';
import type { Case, TaskSpec } from './types';

/** "the sum of the squares of the numbers that are greater than 3" */
export function whatItReturns({ source, filter, filterBy, map, aggregate, by }: TaskSpec): string {
  const kept = FILTER.get(filter)!.phrase(filterBy);
  const which = kept === '' || kept.startsWith('that') ? kept : `that are ${kept}`;
  return [
    AGGREGATE.get(aggregate)!.phrase(by),
    MAP.get(map)!.phrase(0),
    `the ${SOURCES[source].entry}`,
    which,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export function taskText(spec: TaskSpec, examples: readonly Case[]): string {
  const { name, parameter, source, rules } = spec;
  return [
    `Write the function ${name}(${parameter}). It takes ${SOURCES[source].phrase} and returns ${whatItReturns(spec)}.`,
    'Rules:',
    ...RULE_ORDER.flatMap((rule) =>
      rules[rule] === undefined ? [] : [`- ${RULES[rule](spec, rules[rule])}`],
    ),
    'Examples:',
    ...examples.map(([call, expected]) => `- ${call} gives ${expected}`),
  ].join('\n');
}
