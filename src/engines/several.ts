/** Several models behind one port, for systems that choose which one a component asks. */
import { contentHash } from '../core/random/hash';
import { ModelError, type ChatModel } from '../core/system/chat-model';

export interface NamedModel {
  /** By which calls ask for it. */
  readonly name: string;
  readonly model: ChatModel;
}

interface Offered extends NamedModel {
  /** The model's own name for it. */
  readonly asked?: string;
}

/**
 * A call says by `parameters.model` which one answers; without it the first does. A model that has
 * several of its own is offered with all their names.
 * @param given at least one, with names that differ
 */
export function severalModels(given: readonly NamedModel[]): ChatModel {
  const named = given.flatMap(({ name, model }): Offered[] =>
    model.models === undefined
      ? [{ name, model }]
      : model.models.map((asked) => ({ name: asked, model, asked })),
  );
  const byName = new Map(named.map((entry) => [entry.name, entry]));
  if (byName.size < named.length) throw new TypeError('two models have the same name');
  const models = given.map(({ model }) => model);
  // Names differ where ids do not, so the id says both: one for people, one for sure.
  const names = contentHash([...byName].map(([name, { model }]) => [name, model.id]));
  const id = `${models.map((model) => model.id).join(' + ')} (${names.slice(0, 8)})`;
  /** Of a model that another one took the place of: from then on all of this is another. */
  let replacement: string | undefined;
  return {
    id,
    models: [...byName.keys()],
    deterministic: models.every(({ deterministic }) => deterministic),
    writesPrompts: models.some(({ writesPrompts }) => writesPrompts === true),
    slots: Math.max(...models.map(({ slots = 1 }) => slots)),
    async complete(messages, { model: wanted, ...parameters }, signal, onText) {
      const entry = wanted === undefined ? named[0]! : byName.get(wanted);
      if (entry === undefined) {
        throw new ModelError(
          'not-found',
          `There is no model "${wanted}" in this run.`,
          `Choose one of ${[...byName.keys()].join(', ')}.`,
          false,
        );
      }
      const { model, asked } = entry;
      const { model: writer, ...answer } = await model.complete(
        messages,
        asked === undefined ? parameters : { ...parameters, model: asked },
        signal,
        onText,
      );
      if (writer !== undefined) replacement = `${id} with ${writer}`;
      return replacement === undefined ? answer : { ...answer, model: replacement };
    },
  };
}
