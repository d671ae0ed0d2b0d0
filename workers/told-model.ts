/** A model that tells what it is writing, so that a slow one is seen to work. */
import type { ChatModel } from '../src/core/system/chat-model';

/** Characters of the end that are shown. */
const SHOWN = 160;
const EVERY_MS = 100;

/** @param tell at most ten times a second; `undefined` when no call is open */
export function told(model: ChatModel, tell: (text: string | undefined) => void): ChatModel {
  let open = 0;
  let said = -Infinity;
  let spoke = false;
  return {
    id: model.id,
    deterministic: model.deterministic,
    ...(model.writesPrompts !== undefined && { writesPrompts: model.writesPrompts }),
    ...(model.slots !== undefined && { slots: model.slots }),
    async complete(messages, parameters, signal, onText) {
      let text = '';
      open += 1;
      try {
        return await model.complete(messages, parameters, signal, (piece) => {
          onText?.(piece);
          text += piece;
          const now = performance.now();
          if (now - said < EVERY_MS) return;
          said = now;
          spoke = true;
          tell(text.slice(-SHOWN));
        });
      } finally {
        open -= 1;
        if (open === 0 && spoke) {
          spoke = false;
          tell(undefined);
        }
      }
    },
  };
}
