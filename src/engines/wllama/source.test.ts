import { expect, it } from 'vitest';
import { nameOf, partsOf, storedName } from './source';

const A = 'https://a.example/x/model-00001-of-00003.gguf?download=true';

it('knows all parts of a split model', () => {
  expect(partsOf(A)).toEqual([
    A,
    'https://a.example/x/model-00002-of-00003.gguf?download=true',
    'https://a.example/x/model-00003-of-00003.gguf?download=true',
  ]);
  // From any part on.
  expect(partsOf(partsOf(A)[1]!)).toEqual(partsOf(A));
});

it('takes everything else as one file', () => {
  for (const url of [
    'https://a.example/model.gguf',
    'https://a.example/model-00001-of-00000.gguf',
    'https://a.example/model-00001-of-99999.gguf',
    'https://a.example/model-00001-of-00003.gguf.txt',
  ]) {
    expect(partsOf(url)).toEqual([url]);
  }
});

it('names files apart by their address, and safely', () => {
  expect(storedName('https://a.example/m.gguf')).not.toBe(storedName('https://b.example/m.gguf'));
  expect(storedName('https://a.example/a/..%2F%00ü.gguf')).toMatch(/^[0-9a-f]{16}-[\w.-]+\.gguf$/);
  expect(storedName(`https://a.example/${'x'.repeat(500)}.gguf`).length).toBeLessThan(100);
});

it('names files as people do', () => {
  expect(nameOf('https://a.example/x/My%20model.gguf?y')).toBe('My model.gguf');
  expect(nameOf('https://a.example/')).toBe('a.example');
  expect(nameOf('https://a.example/100%.gguf')).toBe('100%.gguf');
  expect(nameOf('nonsense')).toBe('nonsense');
});
