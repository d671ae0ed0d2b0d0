/** Writes the programs of a pool, the right ones and those with typical mistakes. */
import { AGGREGATE, FILTER, MAP } from './operations';
import { literal, RULES, SOURCES } from './sources';
import { whatItReturns } from './wording';
import type { RuleId, TaskSpec, Variant } from './types';

export function programText(spec: TaskSpec, variant: Variant): string {
  return new Writing(spec, variant).text();
}

class Writing {
  readonly #spec: TaskSpec;
  readonly #variant: Variant;
  readonly #lines: string[] = [];

  constructor(spec: TaskSpec, variant: Variant) {
    this.#spec = spec;
    this.#variant = variant;
  }

  text(): string {
    const { name, parameter } = this.#spec;
    this.#comment(`Returns ${whatItReturns(this.#spec)}.`, '');
    this.#lines.push(`function ${this.#variant.name ?? name}(${parameter}) {`);
    this.#guard('type', SOURCES[this.#spec.source].refuses(parameter));
    if (this.#variant.style === 'loop') this.#loop();
    else this.#methods();
    this.#guard('empty', 'kept.length === 0');
    this.#end();
    return [...this.#lines, '}'].join('\n');
  }

  /** Whether the program follows the rule; what it says in a comment is another matter. */
  #follows(rule: RuleId): boolean {
    if (this.#spec.rules[rule] === undefined) return false;
    this.#comment(RULES[rule](this.#spec, this.#spec.rules[rule]));
    return this.#variant.without?.includes(rule) !== true;
  }

  #comment(text: string, indent = '  '): void {
    if (this.#variant.comments) this.#lines.push(`${indent}// ${text}`);
  }

  #guard(rule: RuleId, condition: string): void {
    if (!this.#follows(rule)) return;
    const end = this.#variant.throws?.includes(rule)
      ? `throw new Error('bad input')`
      : `return ${literal(this.#spec.rules[rule])}`;
    this.#lines.push(`  if (${condition}) ${end};`);
  }

  #entries(): string {
    const { source, parameter, rules } = this.#spec;
    const plain = SOURCES[source].code(parameter);
    const list = this.#follows('spaces')
      ? `${parameter}.split(/\\s+/).filter((word) => word !== '')`
      : plain;
    return this.#follows('first') ? `${list}.slice(0, ${String(rules.first)})` : list;
  }

  #kept(x: string): string {
    const { filter, filterBy } = this.#spec;
    const { code, wrong } = FILTER.get(filter)!;
    return (this.#variant.wrong === 'filter' && wrong ? wrong : code)(x, filterBy);
  }

  /** Whether there is such a step, and the program has it. */
  #has(step: 'filter' | 'map'): boolean {
    const none = step === 'filter' ? 'all' : 'same';
    return this.#spec[step] !== none && this.#variant.forgets !== step;
  }

  #type(): string {
    return SOURCES[this.#spec.source].entries === 'number' ? "'number'" : "'string'";
  }

  #loop(): void {
    const entries = this.#entries();
    const skips = this.#follows('skip');
    const lowers = this.#follows('lower');
    this.#lines.push('  const kept = [];');
    this.#lines.push(`  for (const ${lowers ? 'given' : 'entry'} of ${entries}) {`);
    const given = lowers ? 'given' : 'entry';
    if (skips) this.#lines.push(`    if (typeof ${given} !== ${this.#type()}) continue;`);
    if (lowers) this.#lines.push(`    const entry = given.toLowerCase();`);
    const made = this.#has('map') ? MAP.get(this.#spec.map)!.code('entry', 0) : 'entry';
    const push = `kept.push(${made});`;
    this.#lines.push(
      this.#has('filter') ? `    if (${this.#kept('entry')}) ${push}` : `    ${push}`,
    );
    this.#lines.push('  }');
  }

  #methods(): void {
    const steps: string[] = [];
    const entries = this.#entries();
    if (this.#follows('skip')) steps.push(`.filter((x) => typeof x === ${this.#type()})`);
    if (this.#follows('lower')) steps.push('.map((x) => x.toLowerCase())');
    if (this.#has('filter')) steps.push(`.filter((x) => ${this.#kept('x')})`);
    if (this.#has('map')) steps.push(`.map((x) => ${MAP.get(this.#spec.map)!.code('x', 0)})`);
    this.#lines.push(`  const kept = ${[entries, ...steps].join('\n    ')};`);
  }

  #end(): void {
    const { aggregate, by, rules } = this.#spec;
    const { code, wrong } = AGGREGATE.get(aggregate)!;
    let result = (this.#variant.wrong === 'aggregate' && wrong ? wrong : code)('kept', by);
    if (this.#follows('round')) {
      this.#lines.push(`  const result = ${result};`);
      result = 'Math.round(result * 100) / 100';
    }
    if (this.#follows('cap')) {
      this.#lines.push(`  const limit = ${String(rules.cap)};`);
      result = `Math.min(limit, ${result})`;
    }
    this.#lines.push(this.#variant.prints ? `  console.log(${result});` : `  return ${result};`);
  }
}
