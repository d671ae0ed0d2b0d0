/** The command line of `npm run optimize`. */
import { parseArgs } from 'node:util';
import { DEFAULT_BUDGET, ENGINES, SYSTEMS } from '../src/compose/catalogue';
import { CHOICES, DEFAULT_MODE, MODE_NAMES, type NamedOptions } from '../src/compose/run-options';
import { FEATURE_MAPS } from '../src/learning/feature-maps';
import { NODE_BACKENDS, type NodeBackend } from './node-rewards';

export interface CommandLine {
  readonly system: string;
  readonly engine: string;
  readonly seed: number;
  readonly budget: number;
  readonly backend: NodeBackend;
  readonly mode: string;
  readonly features: string;
  readonly options: NamedOptions;
  /** Where the engine `openai` finds its server. */
  readonly server?: ServerLine;
  readonly data?: string;
  /** Which column of the data file is which field, where its names do not say so. */
  readonly columns?: Readonly<Record<string, string>>;
  /** A configuration to measure, in the place of an optimisation. */
  readonly configuration?: string;
  readonly json?: string;
}

export interface ServerLine {
  readonly baseUrl: string;
  /** At least one; systems that choose among models are offered all. */
  readonly models: readonly string[];
  /** Calls side by side. */
  readonly slots: number;
  /** Environment variable that holds the key: a key on the command line would stay in the history. */
  readonly keyVariable?: string;
}

/** The command line is wrong; the message names what is valid. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  system: { type: 'string', default: SYSTEMS[0] },
  engine: { type: 'string', default: ENGINES[0] },
  seed: { type: 'string', default: '1' },
  budget: { type: 'string', default: String(DEFAULT_BUDGET) },
  backend: { type: 'string', default: NODE_BACKENDS[0] },
  mode: { type: 'string', default: DEFAULT_MODE },
  features: { type: 'string', default: FEATURE_MAPS[0] },
  labels: { type: 'string' },
  adaptation: { type: 'string' },
  'component-choice': { type: 'string' },
  acceptance: { type: 'string' },
  'best-of': { type: 'string', multiple: true },
  'validation-examples': { type: 'string' },
  'test-examples': { type: 'string' },
  url: { type: 'string' },
  model: { type: 'string', multiple: true },
  parallel: { type: 'string', default: '4' },
  'key-variable': { type: 'string' },
  data: { type: 'string' },
  column: { type: 'string', multiple: true },
  configuration: { type: 'string' },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

const NAMES = Object.keys(OPTIONS).map((name) => `--${name}`);

export const HELP = `npm run optimize -- [options]

  --system NAME    ${SYSTEMS.join(', ')}
  --engine NAME    ${ENGINES.join(', ')}
  --seed N         a whole number, 0 to 4294967295 (default 1)
  --budget N       system runs the optimisation may spend (default ${DEFAULT_BUDGET})
  --url URL        with --engine openai: base URL of any OpenAI-compatible server, such as
                   http://localhost:8080/v1
  --model NAME     with --engine openai: which of its models; several may be given for systems that
                   choose among models
  --parallel N     with --engine openai: calls side by side (default 4)
  --key-variable NAME      with --engine openai: environment variable that holds the key
  --validation-examples N  examples a change is accepted on, at most
  --test-examples N        test examples measured, at most (default all)
  --data FILE      a data file for the system instead of its shipped data: HotpotQA, PubMedQA, STaRK
                   or Amazon sessions as published, or CSV, JSON or JSONL with the system's fields
  --column FIELD=COLUMN    which column of the data file is which field of the system, where their
                           names do not say so (may be given for several)
  --configuration FILE     only measure a configuration that an earlier run gave
  --mode NAME      ${MODE_NAMES.join(', ')} (docs/options.md lists what each sets)
  --features NAME  what the local rewards see: ${FEATURE_MAPS.join(', ')}
  --labels NAME    what a preference pair teaches: ${CHOICES.labels.join(', ')}
  --adaptation NAME        when heads are refitted: ${CHOICES.adaptation.join(', ')}
  --component-choice NAME  ${CHOICES.componentChoice.join(', ')}
  --acceptance NAME        ${CHOICES.acceptance.join(', ')}
  --best-of COMPONENT=N    at the end, also measure the best of N outputs by local reward
                           (may be given for several components)
  --json FILE|-    write the result as JSON to a file, or to standard output
  --backend NAME   tfjs backend of the local rewards: ${NODE_BACKENDS.join(', ')}
  --help           this text
`;

/** @throws UsageError that lists what is valid */
export function parseCommandLine(args: readonly string[]): CommandLine | 'help' {
  const { values } = parsed(args);
  if (values.help) return 'help';
  const backend = NODE_BACKENDS.find((name) => name === values.backend);
  if (backend === undefined) {
    throw new UsageError(`unknown backend "${values.backend}"; valid: ${NODE_BACKENDS.join(', ')}`);
  }
  return {
    system: values.system,
    engine: values.engine,
    seed: wholeNumber('--seed', values.seed, 0, 0xffffffff),
    budget: wholeNumber('--budget', values.budget, 1, 1_000_000),
    backend,
    mode: values.mode,
    features: values.features,
    options: {
      ...(values.labels !== undefined && { labels: values.labels }),
      ...(values.adaptation !== undefined && { adaptation: values.adaptation }),
      ...(values['component-choice'] !== undefined && {
        componentChoice: values['component-choice'],
      }),
      ...(values.acceptance !== undefined && { acceptance: values.acceptance }),
      ...(values['best-of'] !== undefined && { bestOf: bestOf(values['best-of']) }),
      ...(values['validation-examples'] !== undefined && {
        validationExamples: examples('--validation-examples', values['validation-examples']),
      }),
      ...(values['test-examples'] !== undefined && {
        testExamples: examples('--test-examples', values['test-examples']),
      }),
    },
    ...server(values),
    ...(values.data !== undefined && { data: values.data }),
    ...(values.column !== undefined && { columns: columns(values.column) }),
    ...(values.configuration !== undefined && { configuration: values.configuration }),
    ...(values.json !== undefined && { json: values.json }),
  };
}

const examples = (option: string, text: string): number => wholeNumber(option, text, 2, 100_000);

/** The server of the engine `openai`; its options without that engine are a mistake. */
function server(values: ReturnType<typeof parsed>['values']): Pick<CommandLine, 'server'> {
  const { engine, url, model, parallel, 'key-variable': keyVariable } = values;
  if (engine !== 'openai') {
    if (url === undefined && model === undefined && keyVariable === undefined) return {};
    throw new UsageError('--url, --model and --key-variable belong to --engine openai');
  }
  if (url === undefined || model === undefined) {
    throw new UsageError('--engine openai needs --url and --model');
  }
  return {
    server: {
      baseUrl: url,
      models: model,
      slots: wholeNumber('--parallel', parallel, 1, 256),
      ...(keyVariable !== undefined && { keyVariable }),
    },
  };
}

function columns(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1 || at === text.length - 1) {
        throw new UsageError(`--column takes FIELD=COLUMN, got "${text}"`);
      }
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

function bestOf(given: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    given.map((text) => {
      const [component, count, ...rest] = text.split('=');
      if (!component || !count || rest.length > 0) {
        throw new UsageError(`--best-of takes COMPONENT=N, got "${text}"`);
      }
      return [component, wholeNumber(`--best-of ${component}`, count, 1, 64)];
    }),
  );
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true });
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(`${reason}; valid options: ${NAMES.join(', ')}`);
  }
}

export function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < low || value > high) {
    throw new UsageError(`${option} takes a whole number from ${low} to ${high}, got "${text}"`);
  }
  return value;
}
