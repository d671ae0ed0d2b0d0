/**
 * Which model to take first, and why. Decided by what the machine can do, never by who made it:
 * with a GPU the largest of a short ladder that needs at most half of the memory for models,
 * without one the smallest CPU model of this site.
 */
import type { Capabilities } from './capabilities';
import { fitOf, hasGpu, memoryForModels } from './fit';
import type { ModelEntry } from './model-entry';
import { size } from './sizes';

export interface Recommendation {
  /** Keys of models to show first, the recommended one first, and what each is. */
  readonly picks: ReadonlyMap<string, 'Recommended' | 'Smaller and faster' | 'Larger'>;
  /** One sentence: which, and why. */
  readonly reason: string;
}

/**
 * From small to large: models that follow instructions and answer at once. Those that think first
 * write hundreds of tokens for an answer of three words, and a run asks thousands of questions.
 */
export const LADDER: readonly string[] = [
  'SmolLM2-360M-Instruct',
  'Qwen2.5-0.5B-Instruct',
  'Llama-3.2-1B-Instruct',
  'Qwen2.5-1.5B-Instruct',
  'Llama-3.2-3B-Instruct',
  'Qwen2.5-7B-Instruct',
  'Llama-3.1-8B-Instruct',
];

/** Prompts carry passages: a shorter context would cut them. */
const LEAST_CONTEXT = 4096;

export function recommend(entries: readonly ModelEntry[], machine: Capabilities): Recommendation {
  return onGpu(entries, machine) ?? onCpu(entries, machine) ?? nothing(machine);
}

function onGpu(entries: readonly ModelEntry[], machine: Capabilities): Recommendation | undefined {
  if (!hasGpu(machine)) return undefined;
  const fitting = entries.filter(
    (entry) =>
      entry.usesGpu &&
      entry.origin !== 'added' &&
      entry.type === 'chat' &&
      (entry.contextTokens ?? LEAST_CONTEXT) >= LEAST_CONTEXT &&
      entry.memoryBytes !== undefined &&
      fitOf(entry, machine).verdict === 'fits',
  );
  const steps = LADDER.flatMap((name) => lightest(fitting.filter((entry) => entry.name === name)));
  // A list without any of them still has a smallest and a largest.
  const ladder = steps.length > 0 ? steps : fitting.toSorted(byMemory);
  const all = memoryForModels(machine, true);
  const easy = ladder.findLastIndex(({ memoryBytes }) => memoryBytes! <= all / 2);
  const index = Math.max(0, easy);
  const pick = ladder[index];
  if (pick === undefined) return undefined;
  const smaller = ladder[index - 1];
  const larger = ladder[index + 1];
  return {
    picks: new Map([
      [pick.key, 'Recommended'],
      ...(smaller ? ([[smaller.key, 'Smaller and faster']] as const) : []),
      ...(larger ? ([[larger.key, 'Larger']] as const) : []),
    ]),
    reason:
      `Start with ${pick.name}: it needs ${size(pick.memoryBytes!)} of about ${size(all)} that models can use here, ` +
      `${easy < 0 ? 'more than half, so close other tabs' : 'so the page keeps room'}, ` +
      `and ${machine.gpu!.f16 ? 'this GPU computes 16-bit numbers, so the smaller build works' : 'its 32-bit build works on this GPU, which has no 16-bit numbers'}.`,
  };
}

function onCpu(entries: readonly ModelEntry[], machine: Capabilities): Recommendation | undefined {
  const fitting = entries.filter(
    (entry) =>
      entry.source.engine === 'wllama' &&
      entry.type === 'chat' &&
      entry.origin !== 'added' &&
      ['fits', 'free'].includes(fitOf(entry, machine).verdict),
  );
  const pick = fitting.toSorted(bySize)[0];
  if (pick === undefined) return undefined;
  return {
    picks: new Map([[pick.key, 'Recommended']]),
    reason: `Start with ${pick.name}: ${withoutGpu(machine)}, so a small model on the processor is the one that works${threads(machine)}.`,
  };
}

function nothing(machine: Capabilities): Recommendation {
  const why = hasGpu(machine)
    ? 'None of the listed models fits the memory of this machine'
    : `${withoutGpu(machine, true)}, and no model for the processor comes with this site`;
  return {
    picks: new Map(),
    reason: `${why}: stay with the reader, or add a GGUF file or a server below.`,
  };
}

function withoutGpu(machine: Capabilities, first = false): string {
  const words =
    machine.gpu === undefined
      ? 'this page has no GPU to use'
      : machine.gpu.software
        ? 'the only GPU here is computed by the processor'
        : 'the GPU is too small for the listed models';
  return first ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

function threads({ isolated, cores = 1 }: Capabilities): string {
  // On so few cores there is one thread, isolated or not.
  if (cores < 4) return '';
  return isolated
    ? `, with ${Math.floor(cores / 2)} threads`
    : ', on one thread only, because the web server does not isolate this page';
}

function lightest(entries: readonly ModelEntry[]): readonly ModelEntry[] {
  return entries.toSorted(byMemory).slice(0, 1);
}

function byMemory(a: ModelEntry, b: ModelEntry): number {
  return a.memoryBytes! - b.memoryBytes!;
}

function bySize(a: ModelEntry, b: ModelEntry): number {
  return (a.downloadBytes ?? 0) - (b.downloadBytes ?? 0);
}
