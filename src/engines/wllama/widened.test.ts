import { describe, expect, it } from 'vitest';
import { readHead } from './gguf';
import { ggufBytes, LLAMA, type Tensor } from './testing/gguf-bytes';
import { widened } from './widened';

const counted = (length: number, from: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 7 + from) % 251);

/** A scale and a minimum of two bytes each, then 16 bytes with two whole numbers each. */
const narrow = (blocks: number, from: number): Uint8Array => counted(blocks * 20, from);

/** The same, with four bytes of fifth bits behind scale and minimum. */
const wide = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(
    Array.from({ length: bytes.length / 20 }, (_, i) =>
      bytes.subarray(i * 20, i * 20 + 20),
    ).flatMap((block) => [...block.subarray(0, 4), 0, 0, 0, 0, ...block.subarray(4)]),
  );

const NORM: Tensor = { name: 'norm', type: 0, numbers: 5, bytes: counted(20, 3) };
const A: Tensor = { name: 'a', type: 3, numbers: 96, bytes: narrow(3, 11) };
const B: Tensor = { name: 'b', type: 3, numbers: 32, bytes: narrow(1, 77) };
const END: Tensor = { name: 'end', type: 8, numbers: 32, bytes: counted(34, 5) };

const fileOf = (tensors: readonly Tensor[]): Blob => new Blob([ggufBytes(LLAMA, tensors)]);
const asQ5 = (tensor: Tensor): Tensor =>
  tensor.type === 3 ? { ...tensor, type: 7, bytes: wide(tensor.bytes) } : tensor;
const widen = async (file: Blob): Promise<Blob> => widened(file, await readHead(file, 'Small'));
const bytesOf = async (blob: Blob, start = 0, end = blob.size): Promise<Uint8Array> =>
  new Uint8Array(await blob.slice(start, end).arrayBuffer());

describe('weights of the type Q4_1', () => {
  it.each([
    ['in the middle', [NORM, A, B, END]],
    ['at the end', [END, NORM, A]],
    ['alone', [B]],
  ])('%s are read as Q5_1 with a fifth bit of zero', async (_, tensors) => {
    const blob = await widen(fileOf(tensors));
    const expected = ggufBytes(LLAMA, tensors.map(asQ5));
    expect(blob.size).toBe(expected.length);
    expect(await bytesOf(blob)).toEqual(expected);
  });

  it('are the same in every piece', async () => {
    const tensors = [NORM, A, END];
    const blob = await widen(fileOf(tensors));
    const expected = ggufBytes(LLAMA, tensors.map(asQ5));
    for (const step of [1, 7, 24, 100]) {
      for (let at = 0; at < blob.size; at += step) {
        expect(await bytesOf(blob, at, at + step)).toEqual(expected.slice(at, at + step));
      }
    }
    const streamed = await new Response(blob.stream()).arrayBuffer();
    expect(new Uint8Array(streamed)).toEqual(expected);
  });
});

it('leaves every other file as it is', async () => {
  const file = fileOf([NORM, END]);
  expect(await widen(file)).toBe(file);
});

it('leaves a file without its end to llama.cpp, which says so', async () => {
  const whole = fileOf([NORM, A]);
  const file = whole.slice(0, whole.size - 1);
  expect(await widen(file)).toBe(file);
});
