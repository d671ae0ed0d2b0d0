import { describe, expect, it } from 'vitest';
import { readHead } from './gguf';
import { factsOf } from './model-facts';
import { ggufBytes, LLAMA } from './testing/gguf-bytes';

const read = async (bytes: Uint8Array<ArrayBuffer>) =>
  factsOf(await readHead(new Blob([bytes]), 'Small'));

describe('the head of a GGUF', () => {
  it('tells the context and the bytes of a token', async () => {
    // 2 layers, one head of 2 numbers for keys and one for values, 4 bytes each.
    expect(await read(ggufBytes())).toEqual({ trainedTokens: 2048, bytesPerToken: 2 * 4 * 4 });
  });

  it('reads the lengths of keys and values where they are not those of the embedding', async () => {
    const values = {
      ...LLAMA,
      'llama.attention.key_length': 16,
      'llama.attention.value_length': 4,
    };
    // Names behind the vocabulary are not read.
    const first = Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
    expect((await read(ggufBytes(first))).bytesPerToken).toBe(2 * 20 * 4);
  });

  it('takes much where a model does not tell', async () => {
    const facts = await read(ggufBytes({ 'general.architecture': 'mamba' }));
    expect(facts).toEqual({ trainedTokens: undefined, bytesPerToken: 131_072 });
  });

  it('skips lists', async () => {
    const values = { 'general.tags': ['x', 'yy'], ...LLAMA };
    expect((await read(ggufBytes(values))).trainedTokens).toBe(2048);
  });

  it('is read in larger pieces where it is long', async () => {
    const tokens = Array.from({ length: 150_000 }, (_, i) => `token ${i}`);
    const bytes = ggufBytes({
      'general.tags': tokens,
      ...LLAMA,
      'llama.block_count': 3,
    });
    expect(bytes.length).toBeGreaterThan(2 ** 21);
    expect((await read(bytes)).bytesPerToken).toBe(3 * 4 * 4);
  });

  it('refuses what is none, and what is cut short', async () => {
    await expect(read(new TextEncoder().encode('hello'))).rejects.toMatchObject({
      problem: 'not-a-model',
      lasting: true,
    });
    await expect(read(new Uint8Array())).rejects.toMatchObject({ problem: 'not-a-model' });
    for (const length of [4, 10, 24, 40, 100]) {
      await expect(read(ggufBytes().slice(0, length))).rejects.toMatchObject({
        problem: 'truncated',
      });
    }
  });

  it('refuses a head without sense in no time', async () => {
    const bytes = new Uint8Array(2 ** 21).map((_, i) => (i * 7919) % 251);
    bytes.set(new TextEncoder().encode('GGUF'));
    await expect(read(bytes)).rejects.toMatchObject({ problem: 'not-a-model' });
    // A list of a billion empty lists, and a text of more bytes than there are numbers for.
    for (const inner of [9, 8]) {
      const greedy = ggufBytes({ a: ['b'] });
      const view = new DataView(greedy.buffer);
      view.setUint32(37, inner, true);
      view.setBigUint64(41, 2n ** 62n, true);
      await expect(read(greedy)).rejects.toMatchObject({ problem: 'truncated' });
    }
  });
});
