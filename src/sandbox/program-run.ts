/**
 * One program in a QuickJS runtime of its own: nothing it does outlives the runtime, and of the host
 * it can reach one function, behind its own `console.log`.
 */
import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from 'quickjs-emscripten-core';
import type { SandboxLimits, SandboxOutcome } from './limits';
import { PRELUDE } from './prelude';

const SETTLED_JOBS = 10_000;

/** Why the interpreter was told to stop. */
type Stop = 'steps' | 'clock' | 'output';

/**
 * @throws what QuickJS throws where it breaks itself; the module must not be used again then
 */
export function runProgram(
  quickjs: QuickJSWASMModule,
  code: string,
  limits: SandboxLimits,
): SandboxOutcome {
  if (code.length > limits.codeCharacters) {
    return failed('', `The program has more than ${limits.codeCharacters} characters.`);
  }
  const runtime = quickjs.newRuntime();
  const context = runtime.newContext();
  // Where this throws, nothing is given back: the whole module is done with.
  const outcome = new ProgramRun(runtime, context, limits).outcome(code);
  context.dispose();
  runtime.dispose();
  return outcome;
}

function failed(printed: string, failure: string): SandboxOutcome {
  return { ok: false, printed, failure };
}

class ProgramRun {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #limits: SandboxLimits;
  #stop: Stop | undefined;
  #printed = '';

  constructor(runtime: QuickJSRuntime, context: QuickJSContext, limits: SandboxLimits) {
    this.#runtime = runtime;
    this.#context = context;
    this.#limits = limits;
  }

  outcome(code: string): SandboxOutcome {
    const runtime = this.#runtime;
    const context = this.#context;
    const { milliseconds, steps, memoryBytes, stackBytes } = this.#limits;
    const toJson = this.#prelude();
    const deadline = performance.now() + milliseconds;
    let asked = 0;
    runtime.setMemoryLimit(memoryBytes);
    runtime.setMaxStackSize(stackBytes);
    runtime.setInterruptHandler(() => {
      asked += 1;
      if (asked > steps) this.#stop ??= 'steps';
      else if (performance.now() > deadline) this.#stop ??= 'clock';
      return this.#stop !== undefined;
    });
    const result = context.evalCode(code, 'program.js', { type: 'global' });
    const outcome = result.error
      ? this.#failure(result.error)
      : this.#settled(result.value, toJson);
    result.dispose();
    toJson.dispose();
    return outcome;
  }

  #prelude(): QuickJSHandle {
    const context = this.#context;
    const print = context.newFunction('print', (line) => this.#print(context.getString(line)));
    try {
      return context
        .unwrapResult(context.evalCode(PRELUDE, 'prelude.js'))
        .consume((prelude) =>
          context.unwrapResult(context.callFunction(prelude, context.undefined, print)),
        );
    } finally {
      print.dispose();
    }
  }

  #print(line: string): void {
    const left = this.#limits.outputCharacters - this.#printed.length;
    if (line.length + 1 <= left) {
      this.#printed += `${line}\n`;
      return;
    }
    this.#printed += line.slice(0, Math.max(0, left));
    this.#stop ??= 'output';
    // The program may catch this, the next interrupt it may not.
    throw new Error('too much output');
  }

  /** The value of a promise is the value of the program. */
  #settled(value: QuickJSHandle, toJson: QuickJSHandle): SandboxOutcome {
    const context = this.#context;
    const jobs = this.#runtime.executePendingJobs(SETTLED_JOBS);
    try {
      if (jobs.error) return this.#failure(jobs.error);
    } finally {
      jobs.dispose();
    }
    if (this.#stop !== undefined) return this.#stopped(this.#stop);
    if (context.typeof(value) !== 'object') return this.#written(value, toJson);
    const state = context.getPromiseState(value);
    switch (state.type) {
      case 'pending':
        return failed(this.#printed, 'The promise it returned never settled.');
      case 'rejected':
        return state.error.consume((error) => this.#failure(error));
      case 'fulfilled':
        return state.notAPromise === true
          ? this.#written(value, toJson)
          : state.value.consume((inner) => this.#written(inner, toJson));
    }
  }

  #written(value: QuickJSHandle, toJson: QuickJSHandle): SandboxOutcome {
    const context = this.#context;
    const json = context.callFunction(toJson, context.undefined, value);
    try {
      if (json.error) return this.#failure(json.error, 'Its result cannot be written as JSON: ');
      if (this.#stop !== undefined) return this.#stopped(this.#stop);
      // Functions, symbols and undefined have no JSON.
      if (context.typeof(json.value) !== 'string') return { ok: true, printed: this.#printed };
      const text = context.getString(json.value).slice(0, this.#limits.outputCharacters);
      return { ok: true, value: text, printed: this.#printed };
    } finally {
      json.dispose();
    }
  }

  #failure(error: QuickJSHandle, before = 'The program failed: '): SandboxOutcome {
    if (this.#stop !== undefined) return this.#stopped(this.#stop);
    const { name, message } = this.#described(error);
    // Reading the error may have run code of the program.
    if (this.#stop !== undefined) return this.#stopped(this.#stop);
    if (message === 'out of memory') {
      const megabytes = this.#limits.memoryBytes / 1024 / 1024;
      return failed(this.#printed, `The program needs more than ${megabytes} MB of memory.`);
    }
    if (/^(stack overflow|Maximum call stack size exceeded)$/.test(message)) {
      return failed(this.#printed, 'The program calls itself too deeply.');
    }
    return failed(this.#printed, `${before}${name === '' ? '' : `${name}: `}${message}`);
  }

  /** At most a line, whatever was thrown. */
  #described(error: QuickJSHandle): { name: string; message: string } {
    const context = this.#context;
    const text = (key: string): string => {
      try {
        return context
          .getProp(error, key)
          .consume((part) =>
            context.typeof(part) === 'string' ? context.getString(part).slice(0, 200) : '',
          );
      } catch {
        return '';
      }
    };
    if (context.typeof(error) !== 'object') {
      const thrown = context.typeof(error) === 'string' ? context.getString(error) : '';
      return { name: '', message: `it threw ${thrown.slice(0, 200) || context.typeof(error)}` };
    }
    const message = text('message');
    return { name: text('name'), message: message === '' ? 'it threw no message' : message };
  }

  #stopped(stop: Stop): SandboxOutcome {
    switch (stop) {
      case 'steps':
        return failed(this.#printed, 'The program takes too many steps: it may never end.');
      case 'clock':
        return {
          ...failed(this.#printed, `The program ran longer than ${this.#limits.milliseconds} ms.`),
          byClock: true,
        };
      case 'output':
        return failed(
          this.#printed,
          `The program printed more than ${this.#limits.outputCharacters} characters.`,
        );
    }
  }
}
