import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEMS } from '../src/compose/systems';
import { runCommand, type Ended } from './testing/run-command';

const optimize = (...args: string[]): Promise<Ended> => runCommand('optimize.ts', args);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'optimize-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function dataFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const row = (id: string, more = {}): string =>
  JSON.stringify({ id, question: 'Who?', answer: 'Ada', context: [['Ada', ['She.']]], ...more });

describe('the optimize command', () => {
  it('ends with 2 on an unknown system, engine or option and lists the valid ones', async () => {
    const [system, engine, option] = await Promise.all([
      optimize('--system', 'nope'),
      optimize('--engine', 'nope'),
      optimize('--nope'),
    ]);
    expect(system.code).toBe(2);
    expect(system.err).toBe(`unknown system "nope"; valid: ${SYSTEMS.join(', ')}\n`);
    expect(engine.code).toBe(2);
    expect(engine.err).toBe('unknown engine "nope"; valid: reader, openai\n');
    expect(option.code).toBe(2);
    expect(option.err).toMatch(/--nope.*valid options: --system/);
    expect([system.out, engine.out, option.out]).toEqual(['', '', '']);
  });

  it('ends with 1 on a file it cannot use and names file, line and field', async () => {
    const broken = dataFile('broken.jsonl', `${row('a')}\n\n${row('b', { answer: 7 })}\n`);
    const torn = dataFile('torn.jsonl', `${row('a')}\n{"id": "b",\n`);
    const [field, json, none] = await Promise.all([
      optimize('--data', broken),
      optimize('--data', torn),
      optimize('--data', join(folder, 'none.jsonl')),
    ]);
    expect([field.code, json.code, none.code]).toEqual([1, 1, 1]);
    expect(field.err).toMatch(/broken\.jsonl: line 3, field "answer": .*1 row.*expected a text/);
    expect(json.err).toMatch(/torn\.jsonl: line 2: .*this is not valid JSON/);
    expect(none.err).toContain('none.jsonl: cannot read it: there is no such file');
  });

  it('says which file it is about by the path it was given', async () => {
    const empty = dataFile('empty.json', '');
    const missing = join(folder, 'none.json');
    const [file, dir, configuration] = await Promise.all([
      optimize('--seed', '3', '--data', empty, '--budget', '50'),
      optimize('--data', folder, '--seed', '3'),
      optimize('--configuration', missing),
    ]);
    expect(file.err).toBe(
      `${empty}: line 1: the file is empty, expected CSV, JSON or one JSON record a line\n`,
    );
    expect(dir.err).toBe(`${folder}: cannot read it: it is a folder\n`);
    expect(configuration.err).toBe(`${missing}: cannot read it: there is no such file\n`);
    expect([file.code, dir.code, configuration.code]).toEqual([1, 1, 1]);
    // As one argument the path is not an argument of its own.
    const joined = await optimize('--seed=3', `--data=${empty}`, '--budget=50');
    expect(joined.err).toBe(file.err);
  });

  it('prints its help', async () => {
    const { code, out } = await optimize('--help');
    expect(code).toBe(0);
    expect(out).toContain('--budget N');
  });
});
