/**
 * The state of a run as a fold over its events: the one place that says what a run log means.
 * Pure: the same events give the same state in the page, in a replay and headless.
 */
import type { Configuration } from '../system/configuration';
import { withValue } from '../system/configuration';
import type { Failure, Trace } from '../system/trace';
import type { Spent } from './budget';
import {
  RUN_LOG_VERSION,
  type Change,
  type ComponentAlignment,
  type Drift,
  type Measurement,
  type Phase,
  type RunEvent,
  type RunResult,
} from './run-event';

/** Global reward after some spending: one point of the learning curve. */
export interface CurvePoint {
  readonly systemRuns: number;
  readonly reward: number | null;
  readonly iteration: number;
}

export interface ComponentState {
  /** Strict preference pairs collected so far. */
  readonly pairs: number;
  /** On held-out train examples, newest last: the drift of the head. */
  readonly heldOut: readonly ComponentAlignment[];
  /** On test examples, at the end of the run. */
  readonly test?: ComponentAlignment;
  /** Frozen beside adapted head after each refit under a changed configuration, newest last. */
  readonly drift: readonly (Drift & { readonly iteration: number })[];
  readonly accepted: number;
  readonly rejected: number;
}

export interface LoggedChange extends Change {
  readonly systemRuns: number;
}

export interface RunState {
  readonly status: 'empty' | 'running' | 'finished' | 'failed';
  readonly started?: Extract<RunEvent, { type: 'run.started' }>;
  readonly phase: Phase;
  readonly progress: { readonly done: number; readonly total: number; readonly unit: string };
  /** The component being worked on. */
  readonly active?: string;
  readonly iteration: number;
  readonly spent: Spent;
  /** Outside the budget: on test examples, at the start and the end. */
  readonly measured: Spent;
  readonly validation: readonly CurvePoint[];
  readonly test: { readonly initial?: Measurement; readonly final?: Measurement };
  readonly components: Readonly<Record<string, ComponentState>>;
  readonly changes: readonly LoggedChange[];
  readonly configuration: Configuration;
  /** Latest whole trace shown to the user. */
  readonly trace?: Trace;
  /** Failed examples, newest last, at most `FAILURES_KEPT`; `failureCount` counts all. */
  readonly failures: readonly { readonly exampleId: string; readonly failure: Failure }[];
  readonly failureCount: number;
  /** Loss on the stop pairs by epoch of the latest fit. */
  readonly losses: readonly number[];
  readonly fits: number;
  /** Where another model took over: what was measured before is of another system. */
  readonly replacements: readonly {
    readonly from: string;
    readonly to: string;
    readonly iteration: number;
    readonly systemRuns: number;
  }[];
  readonly result?: RunResult;
  readonly error?: { readonly message: string; readonly hint: string };
}

export const FAILURES_KEPT = 100;

const NOTHING: Spent = { systemRuns: 0, modelCalls: 0, cacheHits: 0, tokens: 0 };

export const EMPTY_RUN: RunState = {
  status: 'empty',
  phase: 'baseline',
  progress: { done: 0, total: 1, unit: '' },
  iteration: 0,
  spent: NOTHING,
  measured: NOTHING,
  validation: [],
  test: {},
  components: {},
  changes: [],
  configuration: {},
  failures: [],
  failureCount: 0,
  losses: [],
  fits: 0,
  replacements: [],
};

const NEW_COMPONENT: ComponentState = {
  pairs: 0,
  heldOut: [],
  drift: [],
  accepted: 0,
  rejected: 0,
};

/** @throws Error on a log of a version it does not know. */
export function fold(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'run.started':
      if (event.version !== RUN_LOG_VERSION) {
        throw new Error(
          `this run log has version ${String(event.version)}, expected ${RUN_LOG_VERSION}`,
        );
      }
      return {
        ...EMPTY_RUN,
        status: 'running',
        started: event,
        configuration: event.configuration,
        components: Object.fromEntries(event.components.map(({ name }) => [name, NEW_COMPONENT])),
      };
    case 'progress': {
      const { phase, done, total, unit, spent, measured = state.measured, component } = event;
      const { active: _, ...rest } = state;
      return {
        ...rest,
        phase,
        progress: { done, total, unit },
        spent,
        measured,
        ...(component !== undefined && { active: component }),
      };
    }
    case 'trace':
      return { ...state, trace: event.trace };
    case 'example.failed': {
      const { exampleId, failure } = event;
      return {
        ...state,
        failures: [...state.failures, { exampleId, failure }].slice(-FAILURES_KEPT),
        failureCount: state.failureCount + 1,
      };
    }
    case 'measured':
      return measured(state, event);
    case 'heads.fitted':
      return {
        ...state,
        losses: event.losses,
        fits: state.fits + 1,
        components: mapComponents(state, (component, name) => ({
          ...component,
          pairs: event.pairs[name] ?? component.pairs,
        })),
      };
    case 'alignment':
      return updateComponent(state, event.alignment.component, (component) =>
        event.on === 'test'
          ? { ...component, test: event.alignment }
          : { ...component, heldOut: [...component.heldOut, event.alignment] },
      );
    case 'drift':
      return updateComponent(state, event.drift.component, (component) => ({
        ...component,
        drift: [...component.drift, { ...event.drift, iteration: event.iteration }],
      }));
    case 'heads.restored':
      return state;
    case 'model.replaced':
      return {
        ...state,
        replacements: [
          ...state.replacements,
          {
            from: event.from,
            to: event.to,
            iteration: event.iteration,
            systemRuns: state.spent.systemRuns,
          },
        ],
      };
    case 'moved':
      return { ...state, iteration: event.iteration, configuration: event.configuration };
    case 'component.chosen':
      return { ...state, iteration: event.iteration, active: event.component };
    case 'candidates.scored':
      return state;
    case 'change':
      return changed(state, event.change, event.spent);
    case 'run.finished':
      return { ...state, status: 'finished', phase: 'done', result: event.result };
    case 'run.failed':
      return {
        ...state,
        status: 'failed',
        error: { message: event.message, hint: event.hint },
      };
  }
}

function measured(state: RunState, event: Extract<RunEvent, { type: 'measured' }>): RunState {
  if (event.split === 'test') {
    return event.when === 'final'
      ? { ...state, test: { ...state.test, final: event.measurement } }
      : { ...state, test: { ...state.test, initial: event.measurement } };
  }
  const point: CurvePoint = {
    systemRuns: event.spent.systemRuns,
    reward: event.measurement.reward,
    iteration: state.iteration,
  };
  return { ...state, validation: [...state.validation, point], spent: event.spent };
}

function changed(state: RunState, change: Change, spent: Spent): RunState {
  const counted = updateComponent(state, change.component, (component) =>
    change.accepted
      ? { ...component, accepted: component.accepted + 1 }
      : { ...component, rejected: component.rejected + 1 },
  );
  return {
    ...counted,
    spent,
    changes: [...state.changes, { ...change, systemRuns: spent.systemRuns }],
    configuration: change.accepted
      ? withValue(state.configuration, change.component, change.slot, change.to)
      : state.configuration,
  };
}

function mapComponents(
  state: RunState,
  update: (component: ComponentState, name: string) => ComponentState,
): RunState['components'] {
  return Object.fromEntries(
    Object.entries(state.components).map(([name, component]) => [name, update(component, name)]),
  );
}

function updateComponent(
  state: RunState,
  name: string,
  update: (component: ComponentState) => ComponentState,
): RunState {
  return {
    ...state,
    components: {
      ...state.components,
      [name]: update(state.components[name] ?? NEW_COMPONENT),
    },
  };
}
