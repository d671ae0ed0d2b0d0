/**
 * Runs programs in the sandbox worker: started when the first program comes, ended and started anew
 * when a program does not end by itself.
 */
import * as Comlink from 'comlink';
import { DEFAULT_LIMITS, SandboxError, type SandboxOutcome } from '../src/sandbox/limits';
import { rememberedRunner } from '../src/sandbox/remembered';
import type { CodeRunner } from '../src/core/system/code-runner';
import type { SandboxWorkerApi } from './sandbox-protocol';

export interface SandboxWorker {
  readonly api: SandboxWorkerApi;
  /** Rejects when the worker breaks, and never resolves. */
  readonly broken: Promise<never>;
  end(): void;
}

export interface SandboxClientOptions {
  /** Wall clock for one program, in ms, well above the interpreter's own limit. */
  readonly wallMs?: number;
  /** Wall clock for the start of the worker and its interpreter, in ms. */
  readonly startMs?: number;
  /** Programs that may wait for their turn. */
  readonly waiting?: number;
}

export interface SandboxClient extends CodeRunner {
  /** Ends the worker; the next program starts another. */
  dispose(): void;
}

/** @param start default: the real worker */
export function sandboxClient(
  start: () => SandboxWorker = startSandboxWorker,
  { wallMs = 2000, startMs = 30_000, waiting: most = 256 }: SandboxClientOptions = {},
): SandboxClient {
  let worker: Promise<SandboxWorker> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const drop = (): void => {
    worker?.then((one) => one.end()).catch(() => undefined);
    worker = undefined;
  };

  const loaded = async (): Promise<SandboxWorker> => {
    const one = start();
    try {
      await within(startMs, Promise.race([one.api.load(), one.broken]));
      return one;
    } catch (error) {
      one.end();
      const reason = error instanceof Error ? error.message : String(error);
      throw new SandboxError(`the sandbox could not be started: ${reason}`);
    }
  };

  const runNow = async (code: string): Promise<SandboxOutcome> => {
    const starting = (worker ??= loaded());
    try {
      const one = await starting;
      return bounded(await within(wallMs, Promise.race([one.api.run(code), one.broken])));
    } catch (error) {
      if (worker === starting) drop();
      if (error instanceof OutOfTime) {
        return {
          ok: false,
          printed: '',
          failure: `The program did not end within ${wallMs} ms.`,
          byClock: true,
        };
      }
      if (error instanceof SandboxError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new SandboxError(`the sandbox broke: ${reason}`);
    }
  };

  const run = (code: string): Promise<SandboxOutcome> => {
    if (waiting >= most) {
      return Promise.reject(new SandboxError(`more than ${most} programs wait for the sandbox`));
    }
    waiting += 1;
    const result = turn.then(() => {
      waiting -= 1;
      return runNow(code);
    });
    turn = result.catch(() => undefined);
    return result;
  };

  return { ...rememberedRunner(run), dispose: drop };
}

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** @throws OutOfTime */
async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(`nothing came back within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The worker keeps to the limits; what comes out of it is not trusted to. */
function bounded({ value, printed, ...rest }: SandboxOutcome): SandboxOutcome {
  const { outputCharacters } = DEFAULT_LIMITS;
  return {
    ...rest,
    printed: printed.slice(0, outputCharacters),
    ...(value !== undefined && { value: value.slice(0, outputCharacters) }),
  };
}

function startSandboxWorker(): SandboxWorker {
  const worker = new Worker(new URL('./sandbox.worker.ts', import.meta.url), {
    type: 'module',
    name: 'sandbox',
  });
  const api = Comlink.wrap<SandboxWorkerApi>(worker);
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      reject(new Error(event.message || 'its worker cannot be loaded'));
    });
    worker.addEventListener('messageerror', () => reject(new Error('its answer cannot be read')));
  });
  broken.catch(() => undefined);
  return { api, broken, end: () => worker.terminate() };
}
