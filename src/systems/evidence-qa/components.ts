/** The two kinds of components of evidence-qa: who shall read, and what is read. */
import type { Component, Fields } from '../../core/system/component';
import type { PromptSlot } from '../../core/system/slots/prompt';
import { fieldMessages } from '../messages';

/**
 * Writes the name of a model. Where only one is offered there is nothing to choose, and no slot.
 * @param models names on offer, the first one to begin with; at least one
 */
export function modelSelector(
  description: Pick<Component, 'name' | 'description' | 'inputs' | 'output'>,
  models: readonly string[],
): Component {
  const [first] = models;
  if (first === undefined) {
    throw new Error(`${description.name}: no model is offered; offer at least one`);
  }
  if (models.length === 1) return { ...description, slots: {}, run: async () => first };
  return {
    ...description,
    slots: { model: { kind: 'choice', initial: first, options: models } },
    run: async (_, configuration) => String(configuration['model']),
  };
}

/**
 * One call of the model that the field `selector` names, under one prompt. The name itself is no
 * part of what the model reads.
 */
export function selectedModelComponent(
  description: Pick<Component, 'name' | 'description' | 'inputs' | 'output'>,
  prompt: Omit<PromptSlot, 'kind'>,
  selector: string,
  models: readonly string[],
  maxTokens: number,
): Component {
  return {
    ...description,
    inputs: [...description.inputs, selector],
    slots: { prompt: { kind: 'prompt', ...prompt } },
    async run(inputs, configuration, context) {
      const model = inputs[selector]!;
      if (!models.includes(model)) {
        throw new Error(`the model "${model}" is not offered; choose ${models.join(' or ')}`);
      }
      const read: Fields = Object.fromEntries(
        description.inputs.map((field) => [field, inputs[field]!]),
      );
      const messages = fieldMessages(String(configuration['prompt']), read, description.output);
      const text = await context.chat(messages, { model, maxTokens });
      if (text.trim() === '') throw new Error('the model answered with an empty text');
      return text.trim();
    },
  };
}
