import { describe, expect, it } from 'vitest';
import { callFailure, loadFailure } from './engine-failures';

/** As wllama throws an exception of llama.cpp. */
const EXCEPTION = new RangeError('Invalid typed array length: 1163217991');
const call = (error: unknown, log = '') => callFailure(error, 'Small', log);

describe('a call that fails', () => {
  it('is too long, with the numbers', () => {
    const said =
      'request (5030 tokens) exceeds the available context size (4096 tokens), try increasing it';
    expect(call(new Error(said))).toMatchObject({
      problem: 'too-long',
      message: 'The prompt is too long for Small: 5030 tokens, and the context holds 4096.',
      lasting: false,
    });
    const embedded =
      'input (600 tokens) is too large to process. increase the physical batch size (current batch size: 512)';
    expect(call(new Error(embedded)).message).toContain('600 tokens, and the context holds 512');
    expect(call(new Error('Context size has been exceeded.'))).toMatchObject({
      problem: 'too-long',
      message: 'The prompt is too long for Small.',
    });
  });

  it('is an exception of llama.cpp, whose reason stands in the log only', () => {
    expect(call(EXCEPTION, 'unsupported $ref x\nStack trace (exception):')).toMatchObject({
      problem: 'bad-request',
      message: 'Small cannot work on this call: unsupported $ref x.',
      lasting: false,
    });
    expect(call(EXCEPTION).message).toContain('gives no reason');
    expect(call(EXCEPTION, 'std::bad_alloc')).toMatchObject({
      problem: 'out-of-memory',
      lasting: true,
    });
  });

  it.each([
    ['(ABORT) ', 'Small crashed.'],
    ['memory access out of bounds', 'Small crashed: memory access out of bounds.'],
    ['unreachable', 'Small crashed: unreachable.'],
  ])('is a crash: %s', (message, told) => {
    const error = Object.assign(new Error(message), { name: 'RuntimeError' });
    expect(call(error)).toMatchObject({ problem: 'crashed', message: told, lasting: true });
  });

  it('is a crash that wllama throws as a text', () => {
    expect(call('wllama has crashed, please reload the module').problem).toBe('crashed');
  });

  it('lacks memory', () => {
    const error = new Error('(ABORT) Cannot enlarge memory arrays to size 4294967296 bytes (OOM).');
    expect(call(error)).toMatchObject({ problem: 'out-of-memory', lasting: true });
  });

  it('is anything else, and the next one may do better', () => {
    expect(call(new Error('x'.repeat(500)))).toMatchObject({ problem: 'unknown', lasting: false });
    expect(call(new Error('x'.repeat(500))).message.length).toBeLessThan(300);
  });
});

it('knows a file of the user that was changed while it was read', () => {
  const error = new Error('File read failed: NotReadableError: The requested file');
  expect(loadFailure(error, 'Small', '')).toMatchObject({ problem: 'missing-file', lasting: true });
});
