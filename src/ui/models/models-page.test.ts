import { describe, expect, it } from 'vitest';
import type { CardStatus } from '../../state/models/card-status';
import { PROMPT_API_ENTRY, webllmEntry, type ModelEntry } from '../../state/models/model-entry';
import { DESCRIPTION, FAILURE, listing, MACHINE } from '../../state/models/testing/fake-models';
import { cardActions, type ActionContext } from './card/actions';
import { buildWords, entryFacts, restWords } from './card/card-words';
import { machineFacts } from './machine/machine-facts';

const ENTRY = webllmEntry(listing('Tiny-1B-q4f16_1-MLC', { parameters: 1.2e9 }));
const ADDED: ModelEntry = { ...ENTRY, origin: 'added' };
const SERVER: ModelEntry = {
  key: 's',
  source: { engine: 'openai', baseUrl: 'http://a.example/v1', model: 'm', slots: 4 },
  name: 'm',
  place: 'server',
  origin: 'added',
  type: 'chat',
};
const CONTEXT: ActionContext = {
  fit: 'fits',
  storedBytes: 0,
  chosen: false,
  locked: false,
  testing: false,
};
const READY: CardStatus = { name: 'ready', description: DESCRIPTION };
const actions = (status: CardStatus, context: Partial<ActionContext> = {}, entry = ENTRY) =>
  cardActions(entry, status, { ...CONTEXT, ...context }).map(
    ({ label, disabled }) => `${label}${disabled ? ' (off)' : ''}`,
  );

describe('cardActions', () => {
  it('offers what each state allows', () => {
    const progress = { phase: 'downloading', name: 'Downloading' } as const;
    expect(actions({ name: 'unknown' })).toEqual([]);
    expect(actions({ name: 'absent' })).toEqual(['Download']);
    expect(actions({ name: 'downloading', progress })).toEqual(['Cancel']);
    expect(actions({ name: 'interrupted', bytes: 9 }, { storedBytes: 9 })).toEqual([
      'Resume',
      'Delete',
    ]);
    expect(actions({ name: 'here', bytes: 9 }, { storedBytes: 9 })).toEqual(['Load', 'Delete']);
    expect(actions({ name: 'deleting' })).toEqual([]);
    expect(actions({ name: 'loading', progress })).toEqual(['Cancel']);
    expect(actions(READY)).toEqual(['Use for runs', 'Self-test', 'Unload']);
    const failed: CardStatus = { name: 'failed', failure: FAILURE, during: 'load' };
    expect(actions(failed)).toEqual([]);
    expect(actions(failed, { storedBytes: 9 })).toEqual(['Delete']);
  });

  it('offers no download of what cannot run here, but its deletion', () => {
    expect(actions({ name: 'absent' }, { fit: 'no' })).toEqual([]);
    expect(actions({ name: 'absent' }, { fit: 'tight' })).toEqual(['Download']);
    expect(actions({ name: 'here', bytes: 9 }, { fit: 'no', storedBytes: 9 })).toEqual(['Delete']);
  });

  it('asks before gigabytes go', () => {
    const [, remove] = cardActions(
      ENTRY,
      { name: 'here', bytes: 2e9 },
      { ...CONTEXT, storedBytes: 2e9 },
    );
    expect(remove).toMatchObject({ name: 'delete', question: 'Delete 2.0 GB?' });
  });

  it('keeps the model of a run that is under way', () => {
    expect(actions(READY, { locked: true, chosen: true })).toEqual([
      'Self-test (off)',
      'Unload (off)',
    ]);
    expect(actions(READY, { locked: true })).toEqual(['Use for runs (off)', 'Self-test', 'Unload']);
  });

  it('never offers an embedding model for runs', () => {
    expect(actions(READY, {}, { ...ENTRY, type: 'embedding' })).toEqual(['Self-test', 'Unload']);
  });

  it('takes what was added from the list once its files are gone', () => {
    expect(actions({ name: 'absent' }, {}, ADDED)).toEqual(['Download', 'Take from the list']);
    expect(actions({ name: 'here', bytes: 9 }, { storedBytes: 9 }, ADDED)).toEqual([
      'Load',
      'Delete',
    ]);
    expect(actions({ name: 'here' }, {}, SERVER)).toEqual(['Connect', 'Take from the list']);
    expect(actions(READY, {}, SERVER).at(-1)).toBe('Disconnect');
  });
});

describe('words of a card', () => {
  it('tell the build in plain words', () => {
    expect(buildWords(ENTRY)).toBe('1.2B parameters · 4-bit (q4f16_1) · on the GPU (WebLLM)');
    expect(buildWords(webllmEntry(listing('e-q0f32-MLC', { type: 'embedding' })))).toBe(
      '32-bit (q0f32) · for embeddings · on the GPU (WebLLM)',
    );
  });

  it('tell sizes, and what is estimated', () => {
    expect(entryFacts(ENTRY)).toEqual([
      { name: 'Download', value: 'about 700 MB' },
      { name: 'GPU memory', value: 'about 900 MB' },
      { name: 'Context', value: '4,096 tokens' },
    ]);
    expect(entryFacts(SERVER).map(({ value }) => value)).toEqual(['http://a.example/v1', '4']);
  });

  it('tell where a model is', () => {
    expect(restWords(ENTRY, { name: 'here', bytes: 376e6 })).toBe('On this machine, 376 MB');
    expect(restWords(SERVER, { name: 'here' })).toBe('Not connected');
    expect(restWords({ ...PROMPT_API_ENTRY, browserDownloads: true }, { name: 'here' })).toMatch(
      /downloads it/,
    );
  });
});

describe('machineFacts', () => {
  const value = (name: string, machine = MACHINE): string | undefined =>
    machineFacts(machine).find((fact) => fact.name === name)?.value;

  it('say what the browser says', () => {
    expect(value('GPU')).toBe('acme');
    expect(value('16-bit numbers (f16)')).toBe('yes');
    expect(value('Memory for models')).toBe('about 4.3 GB');
    expect(value('Storage')).toBe('9.0 GB free');
  });

  it('count a software adapter as no GPU and leave its limits out', () => {
    const software = { ...MACHINE, gpu: { ...MACHINE.gpu!, software: true } };
    expect(value('GPU', software)).toBe('software only');
    expect(value('Largest GPU block', software)).toBeUndefined();
  });

  it('say what is not told', () => {
    const { gpu: _, cores: _cores, memoryBytes: _memory, storage: _storage, ...rest } = MACHINE;
    const bare = { ...rest, noGpu: 'None.' };
    expect(value('GPU', bare)).toBe('none');
    expect(value('Processor', bare)).toBe('not told');
    expect(value('Storage', bare)).toBe('not told');
  });
});
