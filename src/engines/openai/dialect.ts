/**
 * What a server understands of the API, learnt from what it refuses: OpenAI's newest models want
 * another name for the limit of tokens, older servers know no schemas or do not count tokens.
 */
import { ModelError } from '../../core/system/chat-model';

export interface Dialect {
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  /** Whether to ask for the tokens that were used. */
  readonly countsTokens: boolean;
  /** How an answer in JSON is asked for: held to a schema, held to JSON, or by words alone. */
  readonly json: 'schema' | 'object' | 'words';
}

const WEAKER_JSON = { schema: 'object', object: 'words', words: undefined } as const;

export class KnownDialect {
  #limit: Dialect['limit'] = 'max_tokens';
  #countsTokens = true;
  /** By schema, because one server takes some and refuses others. */
  readonly #json = new Map<string, Dialect['json']>();

  /** @param schema as JSON; undefined when no JSON is asked for */
  for(schema: string | undefined): Dialect {
    const json = (schema !== undefined && this.#json.get(schema)) || 'schema';
    return { limit: this.#limit, countsTokens: this.#countsTokens, json };
  }

  /** A call in this dialect was answered: what it left out was refused before. */
  learn({ limit, countsTokens, json }: Dialect, schema: string | undefined): void {
    this.#limit = limit;
    this.#countsTokens = countsTokens;
    if (schema !== undefined) this.#json.set(schema, json);
  }
}

/** What to try after a refusal; undefined when it must have another reason than the dialect. */
export function simpler(
  dialect: Dialect,
  refusal: unknown,
  schema: string | undefined,
): Dialect | undefined {
  if (!(refusal instanceof ModelError) || refusal.problem !== 'bad-request') return undefined;
  const words = String(refusal.cause);
  if (dialect.limit === 'max_tokens' && words.includes('max_completion_tokens')) {
    return { ...dialect, limit: 'max_completion_tokens' };
  }
  if (dialect.countsTokens && words.includes('stream_options')) {
    return { ...dialect, countsTokens: false };
  }
  const json = schema === undefined ? undefined : WEAKER_JSON[dialect.json];
  return json && { ...dialect, json };
}
