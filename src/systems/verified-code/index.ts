/** verified-code with all that belongs to it. */
import type { SystemModule } from '../system-module';
import { shippedData, type CodeData } from './data-set';
import { codeReferences } from './references';
import { verifiedCode } from './system';

export type { CodeData } from './data-set';

export const verifiedCodeModule: SystemModule<CodeData> = {
  name: 'verified-code',
  title: 'Verified code generation',
  help: {
    about:
      'After the BigCodeBench system of the paper: one component writes a program, another writes unit tests, the tests are run in a sandbox, and a third writes the final program with the report in hand. With the reader the programs come from a pool that the task carries; a language model writes them itself and never sees the pool.',
    lookFor: [
      'The unit tests: as long as they are weak, a wrong program passes them and is kept, and nothing the last component does can help.',
      'Two ways to the same gain: a better first program, or better tests and a last component that heeds them.',
      'Programs with comments: they share most words with the task, so that plain overlap prefers them, and they are seldom right.',
    ],
    tryOut: [
      'Read one task with its report before and after the run.',
      'Take the line about failing tests out of the last prompt and see what becomes of the test generator.',
      'Load a language model and run the same system: it writes its programs itself.',
    ],
    data: 'Programming tasks, programs and tests written for this project (CC0).',
  },
  shipped: shippedData,
  system: (_, around) => verifiedCode(around),
  references: (data, around, watch) => codeReferences(data, around.code, watch),
};
