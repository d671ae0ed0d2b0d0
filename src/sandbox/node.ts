/**
 * The sandbox in Node, in the same process. Its interrupt handler ends loops of the program; what
 * never asks it (a search through a list of 2⁵³ entries inside one built-in function) it cannot end,
 * where the page's sandbox ends the whole worker.
 */
import variant from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import type { CodeRunner } from '../core/system/code-runner';
import type { SandboxLimits } from './limits';
import { rememberedRunner } from './remembered';
import { sandbox, type Sandbox } from './sandbox';

export function nodeSandbox(limits?: SandboxLimits): Sandbox {
  return sandbox(() => newQuickJSWASMModuleFromVariant(variant), limits);
}

export function nodeCodeRunner(limits?: SandboxLimits): CodeRunner {
  const { run } = nodeSandbox(limits);
  return rememberedRunner(run);
}
