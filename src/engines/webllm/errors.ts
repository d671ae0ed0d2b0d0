/** Whatever WebLLM throws, as a ModelError. */
import { ModelError } from '../../core/system/chat-model';
import { AGAIN, RULES } from './error-rules';

/** @returns `error` itself where it is a ModelError already */
export function webllmFailure(error: unknown, model: string): ModelError {
  if (error instanceof ModelError) return error;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  for (const [pattern, { problem, says, advice, lasting }] of RULES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const sentence = typeof says === 'string' ? says : says(...found.slice(1));
    return new ModelError(problem, `${model} ${sentence}.`, advice, lasting ?? true, {
      cause: error,
    });
  }
  return new ModelError(
    'unknown',
    `${model} broke off: ${text.split('\n')[0]!.slice(0, 300)}`,
    `${AGAIN} If that does not help, choose another model.`,
    true,
    { cause: error },
  );
}
