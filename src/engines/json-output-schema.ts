/** Whether a value is what a JSON Schema (draft 2020-12) allows. */
import { Validator, type Schema } from '@cfworker/json-schema';
import { ModelError } from '../core/system/chat-model';
import { quoted } from './json-output-quoted';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Reading a schema costs more than checking an answer, and a run has a handful of them. */
const validators = new WeakMap<JsonSchema, Validator>();

/**
 * What is wrong with the value, in words; `undefined` when nothing is.
 * @throws ModelError `bad-request` when the schema itself cannot be used
 */
export function schemaFault(value: unknown, schema: JsonSchema): string | undefined {
  try {
    const { valid, errors } = validatorOf(schema).validate(value);
    if (valid) return undefined;
    // The last one is the innermost: those before it say that something inside them is wrong.
    const { instanceLocation, keyword, error } = errors.at(-1)!;
    const place = instanceLocation === '#' ? '' : `${instanceLocation.slice(2)}: `;
    const wrong = keyword === 'false' ? 'Nothing is allowed here' : error.replace(/\.$/, '');
    return quoted(`${place}${wrong}`);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new ModelError(
      'bad-request',
      `The JSON schema of this call cannot be used: ${quoted(String(error))}.`,
      'Correct the schema of the component.',
      false,
      { cause: error },
    );
  }
}

function validatorOf(schema: JsonSchema): Validator {
  let validator = validators.get(schema);
  if (validator === undefined) {
    // A copy, because the validator writes addresses into the schema.
    const copy = JSON.parse(JSON.stringify(schema)) as Schema;
    validator = new Validator(copy, '2020-12');
    validators.set(schema, validator);
  }
  return validator;
}
