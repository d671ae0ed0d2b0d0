/** Which programs a task carries: right ones, and wrong ones as people and models write them. */
import { pick, shuffled, type RandomStream } from '../../../core/random/stream';
import { RULE_ORDER } from './sources';
import type { RuleId, TaskSpec, Variant } from './types';

type Mistake = Pick<Variant, 'wrong' | 'forgets'>;

/** Right and wrong programs in a drawn order; the build leaves out the wrong ones that pass. */
export function drawPool(spec: TaskSpec, random: RandomStream): readonly Variant[] {
  const chance = (p: number): boolean => random.uniform() < p;
  const rules = RULE_ORDER.filter((rule) => spec.rules[rule] !== undefined);
  const shuffledRules = shuffled<RuleId>(rules, random);
  const right: Variant['style'] = chance(0.5) ? 'loop' : 'methods';
  const another: Variant['style'] = right === 'loop' ? 'methods' : 'loop';
  const style = (): Variant['style'] => (chance(0.75) ? right : another);
  const guards = rules.filter((rule) => rule === 'type' || rule === 'empty');
  const all: Mistake[] = [{ wrong: chance(0.5) ? 'filter' : 'aggregate' }];
  if (spec.map !== 'same') all.unshift({ forgets: 'map' });
  if (spec.filter !== 'all') all.unshift({ forgets: 'filter' });
  const mistakes = shuffled(all, random);
  return shuffled<Variant>(
    [
      { style: right, ...(chance(0.02) && { comments: true }) },
      ...(chance(0.7) ? [{ style: another }] : []),
      { style: style(), without: shuffledRules.slice(0, 1) },
      { style: style(), without: rules, ...(chance(0.5) && { comments: true }) },
      {
        style: style(),
        comments: true,
        ...mistakes[0],
        ...(chance(0.5) && { without: shuffledRules.slice(1, 2) }),
      },
      { style: style(), ...mistakes.at(-1) },
      ...(chance(0.4)
        ? [
            {
              style: style(),
              name: pick(['solve', 'calculate', 'compute', 'run', 'solution'], random),
            },
          ]
        : []),
      ...(chance(0.3) ? [{ style: style(), prints: true } as const] : []),
      ...(guards.length > 0 && chance(0.5) ? [{ style: style(), throws: guards }] : []),
    ],
    random,
  );
}
