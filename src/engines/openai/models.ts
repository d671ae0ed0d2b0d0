/** What models a server offers. */
import { Connection, type ConnectionOptions } from './connection';
import { wholeText } from './exchange';
import { at } from './json-path';
import { PassingFailure } from './retry';
import { serverAddress } from './server-address';

/**
 * Names of the server's models, in its order. Asked once: whoever waits for a list wants to hear at
 * once that there is none.
 * @throws ModelError, and the signal's reason when aborted
 */
export async function listModels(
  baseUrl: string,
  key?: string,
  signal?: AbortSignal,
  options: Omit<ConnectionOptions, 'key'> = {},
): Promise<string[]> {
  const connection = new Connection(serverAddress(baseUrl), { ...options, ...(key && { key }) });
  try {
    return await connection.ask('/models', undefined, signal, async (reply) => {
      const text = await wholeText(reply);
      const names = namesIn(text);
      if (names === undefined) throw connection.notAnswer(text, 'no list of models');
      return names;
    });
  } catch (error) {
    throw error instanceof PassingFailure ? error.failure : error;
  }
}

function namesIn(text: string): string[] | undefined {
  try {
    const data = at(JSON.parse(text), 'data');
    if (!Array.isArray(data)) return undefined;
    return data.map((model) => at(model, 'id')).filter((id) => typeof id === 'string');
  } catch {
    return undefined;
  }
}
