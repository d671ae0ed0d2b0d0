/** What is wrong with a data file: where, and what was expected. */
export class DataError extends Error {
  override readonly name = 'DataError';

  /**
   * @param problem what happened and what to do next, without the place
   * @param line 1-based line of the file
   * @param field name of the field it is about
   */
  constructor(
    readonly problem: string,
    readonly line?: number,
    readonly field?: string,
  ) {
    const place = [
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(field === undefined ? [] : [`field "${field}"`]),
    ].join(', ');
    super(place === '' ? problem : `${place}: ${problem}`);
  }
}
