/** How a language-model component asks its model: the prompt, then its inputs, then what to write. */
import type { ChatMessage } from '../core/system/chat-model';
import type { Component, Fields } from '../core/system/component';
import type { PromptSlot } from '../core/system/configuration';

/**
 * @param prompt value of the prompt slot: the system message
 * @param inputs fields in the order in which the model shall read them
 * @param output name of the field to write
 */
export function fieldMessages(prompt: string, inputs: Fields, output: string): ChatMessage[] {
  const fields = Object.entries(inputs).map(([name, value]) =>
    value.includes('\n') ? `${name}:\n${value}` : `${name}: ${value}`,
  );
  return [
    { role: 'system', content: prompt },
    { role: 'user', content: [...fields, `Write the field: ${output}`].join('\n\n') },
  ];
}

/** A component that is one call of the language model under one prompt. */
export function promptComponent(
  description: Pick<Component, 'name' | 'description' | 'inputs' | 'output'>,
  prompt: Omit<PromptSlot, 'kind'>,
): Component {
  return {
    ...description,
    slots: { prompt: { kind: 'prompt', ...prompt } },
    async run(inputs, configuration, context) {
      const text = await context.chat(
        fieldMessages(String(configuration['prompt']), inputs, description.output),
      );
      if (text.trim() === '') throw new Error('the model answered with an empty text');
      return text.trim();
    },
  };
}
