/** How a language-model component asks its model: the prompt, then its inputs, then what to write. */
import type { ChatMessage } from '../core/system/chat-model';
import type { Component, Fields } from '../core/system/component';
import type { Demo } from '../core/system/slots/demos';
import type { PromptSlot } from '../core/system/slots/prompt';

/**
 * @param prompt value of the prompt slot: the system message
 * @param inputs fields in the order in which the model shall read them
 * @param output name of the field to write
 * @param demos few-shot examples, shown as earlier turns of the conversation
 */
export function fieldMessages(
  prompt: string,
  inputs: Fields,
  output: string,
  demos: readonly Demo[] = [],
): ChatMessage[] {
  const asked = (fields: Fields): ChatMessage => ({
    role: 'user',
    content: [
      ...Object.entries(fields).map(([name, value]) =>
        value.includes('\n') ? `${name}:\n${value}` : `${name}: ${value}`,
      ),
      `Write the field: ${output}`,
    ].join('\n\n'),
  });
  return [
    { role: 'system', content: prompt },
    ...demos.flatMap((demo): ChatMessage[] => [
      asked(demo.inputs),
      { role: 'assistant', content: demo.output },
    ]),
    asked(inputs),
  ];
}

/**
 * A component that is one call of the language model under one prompt.
 * @param maxTokens longest answer: a small model that has not learnt to stop would go on for ever
 * @param mostDemos few-shot examples it may be given; 0 for none, and then it has no such slot
 */
export function promptComponent(
  description: Pick<Component, 'name' | 'description' | 'inputs' | 'output'>,
  prompt: Omit<PromptSlot, 'kind'>,
  maxTokens: number,
  mostDemos = 0,
): Component {
  return {
    ...description,
    slots: {
      prompt: { kind: 'prompt', ...prompt },
      ...(mostDemos > 0 && { demos: { kind: 'demos', initial: [], most: mostDemos } as const }),
    },
    async run(inputs, configuration, context) {
      const text = await context.chat(
        fieldMessages(
          String(configuration['prompt']),
          inputs,
          description.output,
          (configuration['demos'] ?? []) as readonly Demo[],
        ),
        { maxTokens },
      );
      if (text.trim() === '') throw new Error('the model answered with an empty text');
      return text.trim();
    },
  };
}
