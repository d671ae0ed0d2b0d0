/** What became of a model, as a sentence for whoever does not see its card. */
import { computesRight, type CardEvent } from './card-status';
import type { ModelCard } from './model-card.svelte';
import { size } from './sizes';

export function announcement(card: ModelCard, event: CardEvent): string {
  const { entry, status, test } = card;
  const { name, place } = entry;
  switch (event) {
    case 'downloaded':
      return `${name} is on this machine now.`;
    case 'stopped':
      return status.name === 'interrupted'
        ? `${name}: stopped; ${size(status.bytes)} of it are kept for the next try.`
        : `${name}: stopped.`;
    case 'loaded':
      return place === 'server' ? `${name} is connected.` : `${name} is loaded.`;
    case 'unloaded':
      return place === 'server' ? `${name} is disconnected.` : `${name} is unloaded.`;
    case 'deleted':
      return `${name} was deleted from this machine.`;
    case 'failed':
      return status.name === 'failed'
        ? `${status.failure.message} ${status.failure.advice}`
        : `${name} failed.`;
    case 'tested':
      if (test?.name === 'failed') return `${test.failure.message} ${test.failure.advice}`;
      if (test?.name !== 'tested') return `${name}: the self-test was stopped.`;
      return computesRight(test.result)
        ? `${name} passed its self-test: ${test.result.tokensPerSecond.toFixed(1)} tokens a second.`
        : `${name} failed its self-test: the GPU computes other numbers than the processor.`;
  }
}
