/** What the reader writes for the fields of a programming task. */
import type { Chooser } from './choice';
import { code, finalCode } from './code';
import type { Language } from './language';
import { firstField, needField, type ReaderRequest } from './messages';
import { readDirections } from './prompt';
import { unitTests } from './unit-tests';

export function writeCode(request: ReaderRequest, _: Language, choose: Chooser): string {
  const task = needField(request, 'task');
  return code(task, needField(request, 'pool'), readDirections(request.prompt, 'code'), choose);
}

export function writeTests(request: ReaderRequest, _: Language, choose: Chooser): string {
  return unitTests(needField(request, 'task'), readDirections(request.prompt, 'tests'), choose);
}

export function writeFinalCode(request: ReaderRequest, _: Language, choose: Chooser): string {
  return finalCode(
    needField(request, 'task'),
    needField(request, 'code'),
    firstField(request, 'report') ?? '',
    firstField(request, 'pool') ?? '',
    readDirections(request.prompt, 'final_code'),
    choose,
  );
}
