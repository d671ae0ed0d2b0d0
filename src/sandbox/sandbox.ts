/** Programs one after the other in one WebAssembly module, which is replaced when one breaks it. */
import type { QuickJSWASMModule } from 'quickjs-emscripten-core';
import { DEFAULT_LIMITS, SandboxError, type SandboxLimits, type SandboxOutcome } from './limits';
import { runProgram } from './program-run';

export interface Sandbox {
  /** @throws SandboxError when the interpreter cannot be loaded */
  run(code: string): Promise<SandboxOutcome>;
}

/** @param load makes a fresh WebAssembly module */
export function sandbox(
  load: () => Promise<QuickJSWASMModule>,
  limits: SandboxLimits = DEFAULT_LIMITS,
): Sandbox {
  let module: Promise<QuickJSWASMModule> | undefined;
  return {
    async run(code) {
      const loading = (module ??= load());
      let quickjs: QuickJSWASMModule;
      try {
        quickjs = await loading;
      } catch (error) {
        if (module === loading) module = undefined;
        const reason = error instanceof Error ? error.message : String(error);
        throw new SandboxError(`the sandbox could not be loaded: ${reason}`);
      }
      try {
        return runProgram(quickjs, code, limits);
      } catch (error) {
        // What is left of its memory cannot be trusted.
        if (module === loading) module = undefined;
        return { ok: false, printed: '', failure: brokenBy(error) };
      }
    },
  };
}

/** A RangeError is the host's own stack: deeply nested code or data needs more of it than QuickJS counts. */
function brokenBy(error: unknown): string {
  if (error instanceof RangeError) return 'The program nests too deeply.';
  const reason = error instanceof Error ? error.message : String(error);
  return `The program broke the interpreter: ${reason}`;
}
