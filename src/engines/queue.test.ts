import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callQueue, queued } from './queue';
import { heldModel, turnOfEvents } from './testing/held-model';

const ask = (text: string) => [{ role: 'user', content: text }] as const;

describe('a queued model', () => {
  it('is asked at most so many calls at once, in the order they came', async () => {
    const model = heldModel();
    const queue = queued(model, 2);
    const answers = ['a', 'b', 'c', 'd'].map((text) => queue.complete(ask(text), {}));
    await turnOfEvents();
    expect(model.calls.map(({ messages }) => messages[0]!.content)).toEqual(['a', 'b']);
    expect([queue.running, queue.waiting]).toEqual([2, 2]);
    model.calls[1]!.answer('B');
    expect((await model.call(2)).messages).toEqual(ask('c'));
    expect([queue.running, queue.waiting]).toEqual([2, 1]);
    for (const n of [0, 2, 3]) (await model.call(n)).answer(String(n));
    expect((await Promise.all(answers)).map(({ text }) => text)).toEqual(['0', 'B', '2', '3']);
    await turnOfEvents();
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  it('keeps the slots of the model, one where it names none', async () => {
    expect(queued(heldModel()).slots).toBe(1);
    const own = { id: 'm', deterministic: false, writesPrompts: true, slots: 3 };
    expect(queued(heldModel(own))).toMatchObject(own);
    expect('writesPrompts' in queued(heldModel())).toBe(false);
    for (const slots of [0, NaN]) expect(() => queued(heldModel(), slots)).toThrow(TypeError);
  });

  it('passes on parameters, pieces of text and answers', async () => {
    const model = heldModel();
    const pieces: string[] = [];
    const answer = queued(model).complete(ask('a'), { seed: 3 }, undefined, (p) => pieces.push(p));
    const call = await model.call(0);
    expect(call.parameters).toEqual({ seed: 3 });
    call.write('x');
    call.answer('x', 'length');
    expect(await answer).toMatchObject({ text: 'x', finishReason: 'length' });
    expect(pieces).toEqual(['x']);
  });

  it('goes on after a failure, also one thrown at once', async () => {
    const model = heldModel();
    const queue = queued(model);
    const [first, second] = [queue.complete(ask('a'), {}), queue.complete(ask('b'), {})];
    (await model.call(0)).fail(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    (await model.call(1)).answer('B');
    expect((await second).text).toBe('B');
    const broken = queued({
      ...model,
      complete: () => {
        throw new Error('at once');
      },
    });
    await expect(broken.complete([], {})).rejects.toThrow('at once');
    await turnOfEvents();
    expect(broken.running).toBe(0);
  });

  it('lets a waiting call go at once when it is aborted; the model never hears of it', async () => {
    const model = heldModel();
    const queue = queued(model);
    const abort = new AbortController();
    const first = queue.complete(ask('a'), {});
    const second = queue.complete(ask('b'), {}, abort.signal);
    const third = queue.complete(ask('c'), {});
    await turnOfEvents();
    abort.abort('enough');
    await expect(second).rejects.toBe('enough');
    expect([queue.running, queue.waiting]).toEqual([1, 1]);
    model.calls[0]!.answer('A');
    (await model.call(1)).answer('C');
    expect([(await first).text, (await third).text]).toEqual(['A', 'C']);
    expect(model.calls).toHaveLength(2);
    await expect(queue.complete(ask('d'), {}, abort.signal)).rejects.toBe('enough');
    expect(model.calls).toHaveLength(2);
  });

  it('passes an abort on to a call under way', async () => {
    const model = heldModel();
    const abort = new AbortController();
    const call = queued(model).complete(ask('a'), {}, abort.signal);
    await model.call(0);
    abort.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });

  it('keeps the place of a call that is slow to hear of its abort', async () => {
    const queue = callQueue(1);
    const abort = new AbortController();
    let end: () => void = () => undefined;
    const slow = queue.run(() => new Promise<void>((resolve) => (end = resolve)), abort.signal);
    const next = queue.run(() => Promise.resolve('next'));
    abort.abort();
    await turnOfEvents();
    expect([queue.running, queue.waiting]).toEqual([1, 1]);
    end();
    await slow;
    expect(await next).toBe('next');
  });

  it('never runs more than its slots, and loses no call, whatever is aborted', async () => {
    const call = fc.record({ abort: fc.boolean(), fail: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), fc.integer({ min: 1, max: 3 }), run),
      { numRuns: 40 },
    );
  });
});

async function run(calls: readonly { abort: boolean; fail: boolean }[], slots: number) {
  const queue = callQueue(slots);
  let most = 0;
  let now = 0;
  const ends = calls.map(({ abort, fail }, i) => {
    const controller = new AbortController();
    const end = queue
      .run(async () => {
        most = Math.max(most, ++now);
        await turnOfEvents();
        now--;
        if (fail) throw new Error('failed');
        return i;
      }, controller.signal)
      .catch((error: unknown) => error);
    if (abort) controller.abort('aborted');
    return end;
  });
  const results = await Promise.all(ends);
  expect(most).toBeLessThanOrEqual(slots);
  for (const [i, result] of results.entries()) {
    if (result === 'aborted') expect(calls[i]!.abort).toBe(true);
    else if (calls[i]!.fail) expect(result).toBeInstanceOf(Error);
    else expect(result).toBe(i);
  }
}
