/** The reader: a call on short fields, and on ten passages, new and seen before. */
import { chatModel } from '../src/compose/catalogue';
import { fieldMessages } from '../src/systems/messages';
import { shippedData } from '../src/systems/multihop-qa/data-set';
import { renderPassages } from '../src/systems/multihop-qa/passages';
import { medianMs, type Figure } from './timing';

export async function benchReader(): Promise<Figure[]> {
  const data = await shippedData();
  const model = chatModel();
  const question = data.splits.train[0]!.inputs['question']!;
  const hint = (from: number) =>
    model.complete(
      fieldMessages(
        'Quote the 2 sentences that share the most with the question.',
        { question, passages: renderPassages(data.passages.slice(from, from + 10)) },
        'hint',
      ),
      {},
    );
  let next = 0;
  const fresh = await medianMs(() => hint((next += 10)), 40);
  const seen = await medianMs(() => hint(0), 40);
  const short = await medianMs(
    () => model.complete(fieldMessages('Extract keywords.', { query: question }, 'keywords'), {}),
    100,
  );
  return [
    { name: 'hint from ten new passages', value: fresh, unit: 'ms' },
    { name: 'hint from ten passages seen before', value: seen, unit: 'ms' },
    { name: 'keywords of a question', value: short, unit: 'ms' },
  ];
}
