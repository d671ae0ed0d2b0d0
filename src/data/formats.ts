/** Published forms of data, told by the fields of their first records. */
import { listed, requiredFields, readerOf } from './required-fields';
import { isObject, valueAt } from './values';

export type FormatName = 'hotpotqa' | 'pubmedqa' | 'stark' | 'amazon' | 'plain';

export interface DataFormat {
  readonly name: FormatName;
  /** For people. */
  readonly title: string;
  /** The system that reads this form as it is; a plain table fits any by a mapping. */
  readonly system?: string;
}

interface Form extends DataFormat {
  readonly fits: (has: (field: string) => boolean, record: unknown) => boolean;
}

/** The first that fits is taken, so the more particular forms come first. */
const FORMS: readonly Form[] = [
  {
    name: 'pubmedqa',
    title: 'PubMedQA',
    system: 'evidence-qa',
    fits: (has) =>
      (has('QUESTION') && has('CONTEXTS')) ||
      (has('question') &&
        (has('final_decision') || has('groundtruth')) &&
        (has('context') || has('contexts'))),
  },
  {
    name: 'hotpotqa',
    title: 'HotpotQA',
    system: 'multihop-qa',
    fits: (has, record) =>
      has('question') && has('answer') && typeof (valueAt(record, 'context') ?? '') === 'object',
  },
  {
    name: 'stark',
    title: 'STaRK',
    system: 'entity-ranking',
    fits: (has) => has('query') && has('answer_ids'),
  },
  {
    name: 'amazon',
    title: 'an Amazon session data set',
    system: 'next-item',
    fits: (has) => has('question') && has('choices') && has('answer'),
  },
];

const PLAIN: DataFormat = { name: 'plain', title: 'a plain table' };

/** @param records the first of the file; most of them decide */
export function detectFormat(records: readonly unknown[]): DataFormat {
  for (const { fits, ...format } of FORMS) {
    const fitting = records.filter(
      (record) => isObject(record) && fits((field) => Object.hasOwn(record, field), record),
    );
    if (fitting.length * 2 > records.length) return format;
  }
  return PLAIN;
}

/** Whether the system reads this form as it was published. */
export function readsAsPublished(format: DataFormat, system: string): boolean {
  return format.system === readerOf(system);
}

/** What is wrong with a file of another data set, and where it belongs; `undefined` if nothing is. */
export function mismatch(format: DataFormat, system: string): string | undefined {
  if (format.system === undefined || readsAsPublished(format, system)) return undefined;
  const needed = requiredFields(system).filter(({ optional }) => !optional);
  return `This looks like ${format.title}; ${format.system} reads it. ${system} needs ${listed(needed.map(({ name }) => name))}.`;
}
