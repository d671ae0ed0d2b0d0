/** The command on a server: a run over HTTP, and what is said when there is none. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OpenaiServer } from '../e2e/openai-server';
import type { RunResult } from '../src/core/run/run-event';
import { runCommand, type Ended } from './testing/run-command';

let server: OpenaiServer;
beforeAll(async () => {
  server = await OpenaiServer.start();
});
afterAll(() => server.stop());

const optimize = (...args: string[]): Promise<Ended> =>
  runCommand('optimize.ts', [
    ...['--engine', 'openai', '--url', server.baseUrl, '--model', 'reader', '--budget', '30'],
    ...['--validation-examples', '4', '--test-examples', '4', '--backend', 'cpu', ...args],
  ]);

describe('the optimize command on an OpenAI-compatible server', () => {
  it('finishes a run, names the server and counts its calls', async () => {
    const { code, out, err } = await optimize('--json', '-', '--parallel', '3');
    expect(err).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(out) as RunResult;
    expect(result.engine).toMatch(/^openai:localhost:\d+\/reader$/);
    expect(result.test.n).toBe(4);
    expect(result.budget.modelCalls + result.measurement.modelCalls).toBe(server.answered);
    expect(result.budget.tokens).toBeGreaterThan(1000);
  });

  it('offers several models to a system that chooses among them', async () => {
    const before = server.calls.length;
    const args = ['--system', 'evidence-qa', '--model', 'other', '--json', '-'];
    const { code, out, err } = await optimize(...args);
    expect([code, err]).toEqual([0, '']);
    const result = JSON.parse(out) as RunResult;
    expect(result.engine).toMatch(/^openai:\S+\/reader \+ openai:\S+\/other \(\w{8}\)$/);
    const asked = server.calls
      .slice(before)
      .map((call) => (JSON.parse(call) as { model: string }).model);
    expect(new Set(asked)).toEqual(new Set(['reader', 'other']));
    expect(result.test.n).toBe(4);
  });

  it('ends with 1, what happened and what to do when the server is not there', async () => {
    const { code, out, err } = await optimize('--url', 'http://localhost:9/v1');
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(2);
    expect(err).toContain('localhost:9');
  });

  it('ends with 2 when its options do not fit together', async () => {
    const lines = await Promise.all([
      runCommand('optimize.ts', ['--engine', 'openai', '--url', server.baseUrl]),
      runCommand('optimize.ts', ['--url', server.baseUrl]),
      optimize('--key-variable', 'A_VARIABLE_THAT_IS_NOT_SET'),
    ]);
    expect(lines.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(lines[0]!.err).toBe('--engine openai needs --url and --model\n');
    expect(lines[1]!.err).toContain('belong to --engine openai');
    expect(lines[2]!.err).toContain('A_VARIABLE_THAT_IS_NOT_SET is not set');
  });
});
