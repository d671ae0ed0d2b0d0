/** Runs first. Gives the function that writes a value as JSON, which no program can replace later. */
export const PRELUDE = `(function (print) {
  'use strict';
  const { stringify } = JSON;
  const text = String;
  const say = (value) => {
    if (typeof value === 'string') return value;
    try {
      const json = stringify(value);
      return json === undefined ? text(value) : json;
    } catch {
      return typeof value === 'bigint' ? text(value) + 'n' : '[' + typeof value + ']';
    }
  };
  const log = (...values) => {
    let line = '';
    for (let i = 0; i < values.length; i++) line += (i === 0 ? '' : ' ') + say(values[i]);
    print(line);
  };
  globalThis.console = { log, info: log, warn: log, error: log, debug: log };
  // A program that draws draws the same each time.
  let state = 1;
  Math.random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  return (value) => stringify(value);
})`;
